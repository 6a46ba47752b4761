// Publishes events to a topic exchange as a service that uses amqplib does, with publisher confirms.
// What is not confirmed when the connection ends is published again: the same id, body and key. Each confirmed number is one line of
// the file --confirmed. Ends when all are confirmed.
import fs from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import amqp from 'amqplib'

const text = fallback => ({ type: 'string', default: fallback })
const { values: options } = parseArgs({
  options: {
    url: text(), exchange: text(), name: text(), count: text(), confirmed: text(), size: text('100'), window: text('200'),
    'without-id': text('0'), 'without-type': text('0'),
    keys: { type: 'string', multiple: true, default: ['expense.created', 'expense.updated', 'expense.deleted'] },
  },
})
const count = Number(options.count)
const size = Number(options.size)
const isEvery = (number, nth) => nth > 0 && number % nth === 0

const confirmed = fs.openSync(options.confirmed, 'w')
const pending = Array.from({ length: count }, (_, index) => count - index)
let published = 0

// An event whose filler shows whether it is whole.
const bodyOf = number => Buffer.from(JSON.stringify({
  action: 'created',
  entity: 'expense',
  data: { publisher: options.name, number, filler: `${number}/`.repeat(size).slice(0, size) },
  timestamp: '2024-12-01T14:30:22Z',
}))

// Which of the messages have an id and a content type depends on their number alone.
const propertiesOf = number => ({
  persistent: true,
  messageId: isEvery(number, Number(options['without-id'])) ? undefined : `${options.name}-${number}`,
  contentType: isEvery(number, Number(options['without-type'])) ? undefined : 'application/json',
})

// Ends when everything is confirmed, or the connection has ended.
async function publish() {
  const connection = await amqp.connect(options.url)
  const unanswered = new Set()
  const closed = new Promise(resolve => {
    connection.on('error', () => {})
    connection.on('close', resolve)
  })
  try {
    const channel = await connection.createConfirmChannel()
    channel.on('error', () => {})
    await channel.assertExchange(options.exchange, 'topic', { durable: true })
    await Promise.race([closed, new Promise(resolve => {
      const fill = () => {
        while (pending.length > 0 && unanswered.size < Number(options.window)) {
          const number = pending.pop()
          unanswered.add(number)
          published++
          channel.publish(options.exchange, options.keys[number % options.keys.length], bodyOf(number), propertiesOf(number), error => {
            if (!unanswered.delete(number)) return
            if (error) pending.push(number)
            else fs.writeSync(confirmed, `${number}\n`)
            if (pending.length > 0) process.nextTick(() => { try { fill() } catch { resolve() } })
            else if (unanswered.size === 0) resolve()
          })
        }
      }
      fill()
    })])
  } finally {
    pending.push(...[...unanswered].sort((a, b) => b - a))
    unanswered.clear()
    await connection.close().catch(() => {})
  }
}

while (pending.length > 0) {
  await publish().catch(() => {})
  if (pending.length > 0) await wait(100)
}
console.log(`${count} confirmed, ${published} published`)
