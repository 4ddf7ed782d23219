package org.actsandbox.sandbox.control;

import java.util.List;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.sandbox.proxy.Proxies;
import org.actsandbox.sandbox.proxy.ProxyRequest;
import org.actsandbox.sandbox.world.World;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Opens and removes proxies that cause faults on the wire in front of a participant; a world has
 * few, so the list has no pages.
 */
@RestController
@RequestMapping("/api/worlds/{world}/proxies")
class ProxyEndpoints {

  private final Proxies proxies;

  ProxyEndpoints(Proxies proxies) {
    this.proxies = proxies;
  }

  record ProxyList(List<Proxies.Shown> items) {}

  @EndpointSummary("List the proxies of a world")
  @GetMapping
  ProxyList list(World world) {
    return new ProxyList(proxies.list(world));
  }

  @EndpointSummary("Open a proxy in front of a service from outside")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Proxies.Shown open(World world, @RequestBody @RequiredFields("target") ProxyRequest request) {
    return proxies.open(world, request);
  }

  record Replayed(List<JsonNode> stubs) {}

  /** Switches a recording proxy to replay: it answers from the recorded exchanges. */
  @EndpointSummary("Answer from what a proxy recorded")
  @PostMapping("/{name}/replay")
  Replayed replay(World world, @PathVariable String name) {
    return new Replayed(proxies.replay(world, name));
  }

  @EndpointSummary("Remove a proxy")
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(World world, @PathVariable String name) {
    proxies.remove(world, name);
  }
}
