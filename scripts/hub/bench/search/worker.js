/* Workers on the page's own thread: the browser slows down only that one. The file:// shim of the theme does
   the same. Notes the time from each QUERY (2) to its RESULT (3). */
{
  class InPage extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.src = new URL("bench-worker.html", new URL(url, document.baseURI))
      this.inside = new Promise(done => {
        frame.onload = () => done(this.start(frame.contentWindow, new URL(url, document.baseURI)))
      })
      document.documentElement.append(frame)
    }
    start(scope, url) {
      const load = address => {
        const request = new XMLHttpRequest()
        request.open("GET", new URL(address, url), false)
        request.send()
        scope.eval(request.responseText)
      }
      scope.importScripts = (...addresses) => addresses.forEach(load)
      scope.postMessage = data => {
        if (data && data.type === 3) window.hubBenchAnswer = performance.now() - this.asked
        this.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }))
      }
      load(url)
      return scope
    }
    async postMessage(data) {
      const scope = await this.inside
      setTimeout(() => {
        if (data && data.type === 2) this.asked = performance.now()
        scope.dispatchEvent(new scope.MessageEvent("message", { data: structuredClone(data) }))
      })
    }
    set onmessage(listener) {
      this.addEventListener("message", listener)
    }
    terminate() {}
  }
  // A page may bring a worker's stand-in of its own: it answers on this thread already, and is only timed.
  let own = null
  const timed = function (url) {
    const port = new own(url), post = port.postMessage
    if (!(port instanceof InPage)) {
      let asked = 0
      port.addEventListener("message", event => {
        if (event.data.type === 3) window.hubBenchAnswer = performance.now() - asked
      })
      port.postMessage = function (message) {
        if (message.type === 2) asked = performance.now()
        return post.call(port, message)
      }
    }
    return port
  }
  Object.defineProperty(window, "Worker", {
    get: () => (own ? timed : InPage),
    set: other => { own = other }
  })
}
