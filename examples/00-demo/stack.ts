import {
  bucket,
  containerImage,
  defineStack,
  directory,
  fileSet,
  network,
  repository,
  securityGroup,
  securityGroupRule,
  server,
  subnet,
  volume,
  volumeAttachment,
} from '@hanse/provisioning'

const here = (path: string): URL => new URL(path, import.meta.url)

/** A network with one subnet, and who may come in. A component is a function that returns a group. */
const front = (cidr: string) => {
  const net = network({})
  const hosts = subnet({ network: net, cidr })
  const group = securityGroup({ description: 'HTTP from everywhere' })
  const http = securityGroupRule({ securityGroup: group, direction: 'ingress', protocol: 'tcp', fromPort: 80, toPort: 80 })
  return { net, hosts, group, http }
}

const outside = front('10.0.0.0/24')

// A web server with a disk of its own …
const web = server({
  image: { os: 'debian', version: '13' },
  size: { vcpus: 1, memoryGiB: 2 },
  subnets: [outside.hosts],
  securityGroups: [outside.group],
})
const data = volume({ sizeGiB: 10 })
const disk = volumeAttachment({ volume: data, server: web })

// … its pages in a bucket …
const store = bucket({})
const pages = fileSet({ bucket: store, from: directory(here('site')) })

// … and in a container image.
const images = repository({})
const image = containerImage({
  repository: images,
  tag: 'v1',
  layers: [{ from: directory(here('site')), at: '/srv/http' }],
  config: { Cmd: ['/bin/httpd', '-f', '-h', '/srv/http'], ExposedPorts: { '80/tcp': {} } },
})

export const shop = defineStack(
  'shop',
  { front: outside, web, data, disk, store, pages, images, image },
  { address: web.outputs.addresses.map(([first]) => first ?? ''), image: image.outputs.reference },
)
