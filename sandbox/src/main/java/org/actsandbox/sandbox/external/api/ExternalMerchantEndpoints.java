package org.actsandbox.sandbox.external.api;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.relay.MerchantNetwork;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Adds, examines, changes and removes the merchants that run outside the sandbox (operator only). A
 * world has few, so the list has no pages.
 */
@RestController
@RequestMapping("/api/worlds/{world}/merchants")
class ExternalMerchantEndpoints {

  private final MerchantRegistration registration;
  private final MerchantDiscovery discovery;
  private final MerchantNetwork network;

  ExternalMerchantEndpoints(
      MerchantRegistration registration, MerchantDiscovery discovery, MerchantNetwork network) {
    this.registration = registration;
    this.discovery = discovery;
    this.network = network;
  }

  record ExternalMerchantList(List<ExternalMerchantView> items) {}

  @EndpointSummary("List the merchants from outside")
  @GetMapping
  ExternalMerchantList list(World world) {
    return new ExternalMerchantList(
        world.externalMerchants().all().stream()
            .map(
                merchant ->
                    ExternalMerchantViews.listed(
                        world, merchant, network.calls(world, merchant.id())))
            .toList());
  }

  /**
   * Adds a merchant. The answer has everything that the merchant's process must know, and the
   * private key if the sandbox made one: it is answered this once.
   */
  @EndpointSummary("Add a merchant from outside")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ExternalMerchantView add(
      World world, @RequestBody @RequiredFields("url") ExternalMerchantRequest request) {
    return view(world, registration.add(world, request), request);
  }

  @EndpointSummary("Read a merchant from outside, and look at what it publishes")
  @GetMapping("/{merchant}")
  ExternalMerchantView one(World world, @PathVariable("merchant") String id) {
    return view(world, world.externalMerchants().require(id), null, List.of());
  }

  @EndpointSummary("Change a merchant from outside")
  @PatchMapping("/{merchant}")
  ExternalMerchantView change(
      World world,
      @PathVariable("merchant") String id,
      @RequestBody ExternalMerchantRequest request) {
    return view(world, registration.change(world, id, request), request);
  }

  @EndpointSummary("Remove a merchant from outside")
  @DeleteMapping("/{merchant}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(World world, @PathVariable("merchant") String id) {
    registration.remove(world, id);
  }

  private ExternalMerchantView view(
      World world, MerchantRegistration.Registered registered, ExternalMerchantRequest request) {
    var merchant = registered.merchant();
    var privateJwk = registered.privateJwk();
    var path = request.settingsPath();
    var handedOver =
        path == null
            ? List.<DiscoveryFinding>of()
            : List.of(
                discovery.handOver(
                    world,
                    merchant,
                    path,
                    ExternalMerchantViews.settings(world, merchant, privateJwk)));
    return view(world, merchant, privateJwk, handedOver);
  }

  private ExternalMerchantView view(
      World world,
      ExternalMerchant merchant,
      @Nullable JsonNode privateJwk,
      List<DiscoveryFinding> first) {
    var findings = Stream.concat(first.stream(), discovery.examine(world, merchant).stream());
    return ExternalMerchantViews.one(
        world, merchant, privateJwk, findings.toList(), network.calls(world, merchant.id()));
  }
}
