package org.actsandbox.sandbox.control;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.proxy.Proxies;
import org.actsandbox.sandbox.world.World;
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

/**
 * Arms, lists and removes the faults of a world; a world has at most a hundred, so the list has no
 * pages.
 */
@RestController
@RequestMapping("/api/worlds/{world}/faults")
class FaultEndpoints {

  private static final Set<FaultName> GOODS = Set.of(FaultName.PRICE_MOVED, FaultName.SOLD_OUT);

  private final Proxies proxies;

  FaultEndpoints(Proxies proxies) {
    this.proxies = proxies;
  }

  record FaultList(List<Fault.Status> items) {}

  record Switch(boolean enabled) {}

  @EndpointSummary("List the faults of a world")
  @GetMapping
  FaultList list(World world) {
    return new FaultList(world.faults().list());
  }

  @EndpointSummary("Order a fault")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Fault.Status add(World world, @RequestBody @RequiredFields("name") FaultRequest request) {
    var fault = request.check();
    requireKnownParticipant(world, fault.participant());
    requireOwnGoods(world, fault);
    return world.faults().add(request);
  }

  /** Refuses a fault for an unknown participant, which would never happen. */
  private void requireKnownParticipant(World world, String participant) {
    var known =
        Stream.of(
                world.keys().participants().stream().map(Did::name),
                world.externalMerchants().all().stream().map(ExternalMerchant::id),
                proxies.list(world).stream().map(Proxies.Shown::name))
            .flatMap(names -> names)
            .toList();
    if (!participant.equals(FaultRequest.ALL_PARTICIPANTS) && !known.contains(participant)) {
      throw new Refusal(Problem.INVALID_FIELD, "there is no participant of that name")
          .at("participant")
          .expected(FaultRequest.PARTICIPANTS)
          .observed(participant)
          .remedy("There are " + String.join(", ", known) + ".");
    }
  }

  /** Refuses faults in the goods of a merchant from outside: the sandbox cannot change them. */
  private static void requireOwnGoods(World world, Fault fault) {
    if (GOODS.contains(fault.name())
        && world.externalMerchants().get(fault.participant()).isPresent()) {
      throw new Refusal(
              Problem.INVALID_FIELD, "stock and prices of a merchant from outside are its own")
          .at("name")
          .expected("a fault of the wire, such as delay, lost_answer or error_status")
          .observed(fault.name().code())
          .remedy("Change stock or price at the merchant itself.");
    }
  }

  @EndpointSummary("Switch a fault on or off")
  @PatchMapping("/{id}")
  Fault.Status change(World world, @PathVariable String id, @RequestBody Switch request) {
    return world.faults().enable(id, request.enabled());
  }

  @EndpointSummary("Remove a fault")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(World world, @PathVariable String id) {
    world.faults().remove(id);
  }

  @EndpointSummary("Remove all faults")
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void clear(World world) {
    world.faults().clear();
  }
}
