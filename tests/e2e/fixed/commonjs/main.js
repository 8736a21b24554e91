'use strict'

const fs = require('fs')
const { execSync, spawnSync } = require('child_process')
const { pbkdf2Sync } = require('node:crypto') // passwords
const os = require('os'), path = require('path')
const { offload: runOffloaded } = require('eslint-plugin-offload/runtime')

const offload = 'a name that is taken'

exports.hash = async function hash (password) {
  return (await runOffloaded(pbkdf2Sync, password, 'salt', 10, 16, 'sha256')).toString('hex')
}

class Store {
  constructor (folder) {
    this.folder = folder
    this.writes = 0
  }

  async put (key, value) {
    await runOffloaded(fs.writeFileSync, path.join(this.folder, key), value)
    this.writes++
    return this
  }

  async get (key) { return await runOffloaded(fs.readFileSync, path.join(this.folder, key), 'utf8') }

  async keys () {
    const found = []
    const stat = await runOffloaded(fs.statSync, this.folder)
    if (stat.isDirectory()) found.push(...await runOffloaded(fs.readdirSync, this.folder))
    return found.sort()
  }

  async drop () {
    const folder = this.folder
    await runOffloaded(fs.rmSync, folder, { recursive: true, force: true })
    return await runOffloaded(fs.existsSync, folder)
  }
}

async function failing () {
  try {
    await runOffloaded(execSync, 'exit 3', { stdio: 'pipe' })
  } catch (error) {
    return [error.status, error.stderr.length, Buffer.isBuffer(error.stdout)]
  } finally {
    console.log('tried', offload.length)
  }
}

async function main () {
  const store = new Store(await runOffloaded(fs.mkdtempSync, path.join(os.tmpdir(), 'offload-cjs-')))
  await (await store.put('b', 'two')).put('a', 'one')
  console.log(await store.get('a'), await store.get('b'), store.writes, await store.keys())
  console.log(await exports.hash('secret'))
  console.log(await failing())
  const echoed = await runOffloaded(spawnSync, process.execPath, ['-e', 'process.stdout.write(process.env.WHO)'], { env: { ...process.env, WHO: 'child' } })
  console.log(echoed.status, String(echoed.stdout))
  console.log((await runOffloaded(execSync, `"${process.execPath}" -p 1+1`)).toString().trim())
  console.log(await store.drop())
}

main()
