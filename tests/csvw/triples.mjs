// The triples that rdf-parser-csvw makes of a table: node triples.mjs METADATA.nt BASE < TABLE.csv
// Writes N-Triples without what describes the table itself, as minimal mode (CSV to RDF) asks.
import { readFileSync } from 'node:fs'
import { Parser, Store, Writer } from 'n3'
import CsvwParser from 'rdf-parser-csvw'

const [path, baseIRI] = process.argv.slice(2)
const metadata = new Store(new Parser({ format: 'N-Triples' }).parse(readFileSync(path, 'utf8')))
const writer = new Writer(process.stdout, { format: 'N-Triples', end: false })
const ofTheTable = quad => [quad.subject, quad.object].some(term => term.termType === 'BlankNode')

new CsvwParser().import(process.stdin, { metadata, baseIRI })
  .on('data', quad => { if (!ofTheTable(quad)) writer.addQuad(quad) })
  .on('end', () => writer.end())
  .on('error', error => { throw error })
