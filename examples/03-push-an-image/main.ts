import { imageOf, openCloud, unwrap } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { tarOf } from './tar-of.ts'

/** Builds a container image of one file, pushes it, reads it back, and copies it to the registry of another cloud. */
export async function main() {
  const cloud = await unwrap(openCloud(local()))
  const { repositories, artifacts, tags } = cloud.registry
  const shop = await unwrap(repositories.create({ name: 'shop/web' }))

  // An image is its layers (tar archives of files) and how a container of it runs.
  const image = imageOf({
    layers: [tarOf({ 'srv/index.html': '<h1>Shop</h1>' })],
    config: { config: { Cmd: ['/bin/httpd', '-f', '-h', '/srv'] } },
  })
  // Blobs go first, the tag last: a reader sees the whole image or none. Pushed again, only what is missing is sent.
  const pushed = await unwrap(artifacts.push('shop/web:1.0', image))
  const again: string[] = []
  await unwrap(artifacts.push('shop/web:latest', image, { onProgress: ({ state }) => again.push(state) }))
  console.log(`pushed ${pushed.digest}; of the second push the registry had: ${again.filter((state) => state === 'present').length}`)

  // Everything that is read is verified by its digest.
  const pulled = await unwrap(artifacts.pull('shop/web:latest'))
  const sizes = pulled.blobs.map(({ size }) => size)
  const names = await unwrap(tags.list(shop.id).toArray())
  console.log(`it has blobs of ${sizes.join(' and ')} bytes, and the tags ${names.join(' and ')}`)

  const mirror = await unwrap(openCloud(local()))
  await unwrap(mirror.registry.repositories.create({ name: 'mirror/web' }))
  const copied = await unwrap(mirror.registry.artifacts.copy('shop/web:1.0', 'mirror/web:1.0', { from: cloud }))
  console.log(`the copy is the same image: ${copied.digest === pushed.digest}`)

  await unwrap(mirror.close())
  await unwrap(cloud.close())
  return { digest: pushed.digest, blobs: pulled.blobs.length, tags: names, same: copied.digest === pushed.digest }
}

if (process.argv[1] === import.meta.filename) await main()
