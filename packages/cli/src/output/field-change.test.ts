import type { FieldChange } from '@hanse/provisioning'
import { describe, expect, it } from 'vitest'
import { fieldChangeText } from './field-change.ts'
import { palette } from './palette.ts'

const text = (change: Partial<FieldChange>): string =>
  fieldChangeText({ field: 'size', from: undefined, to: undefined, because: 'changed', causes: 'update', ...change }, palette(false))

describe('a field that changes', () => {
  it('is told from what to what', () => {
    expect(text({ field: 'name', from: 'a', to: 'b' })).toBe('name: a → b')
    expect(text({ field: 'name', from: undefined, to: '10' })).toBe('name: (none) → 10')
    expect(text({ field: 'subnets', from: '["a"]', to: '["a","b"]' })).toBe('subnets: a → a, b')
  })

  it('is told by its members that differ when it is a group', () => {
    expect(text({ from: '{"vcpus":1,"memoryGiB":2}', to: '{"vcpus":2,"memoryGiB":2}' })).toBe('size: vcpus 1 → 2')
    expect(text({ field: 'labels', from: '{"a":"1"}', to: '{"b":"2"}' })).toBe('labels: a 1 → (none), b (none) → 2')
    expect(text({ from: '{"vcpus":1}', to: 'large' })).toBe('size: vcpus=1 → large')
  })

  it('is told with the reason, and that it needs a replacement', () => {
    expect(text({ field: 'cidr', from: 'a', to: 'b', causes: 'replace' })).toBe('cidr: a → b (needs a replacement)')
    expect(text({ field: 'cidr', from: 'a', to: '(known after apply)', because: 'dependency', causes: 'replace' })).toBe(
      'cidr: a → (known after apply) (what it refers to is made anew, needs a replacement)',
    )
    expect(text({ field: 'name', from: 'a', to: 'b', because: 'drifted' })).toBe('name: a → b (changed in the cloud)')
  })

  it('cannot send commands to a terminal', () => {
    expect(text({ field: 'name', from: 'a', to: '\u001b[2Jb\nc' })).toBe('name: a → \\u001b[2Jb\\nc')
    expect(text({ field: 'labels', from: '{}', to: '{"a":"{ not json"}' })).toBe('labels: a (none) → { not json')
    expect(text({ field: 'name', from: '{ not json', to: '[x' })).toBe('name: { not json → [x')
  })
})
