package org.actsandbox.agent.api;

import org.actsandbox.agent.watch.WatchView;
import org.actsandbox.protocol.delegation.IntentDecision;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the agent's watched purchases, and receives what the delegation service tells about
 * intents and delegations.
 */
@RestController
@RequestMapping("/w/{world}/agents/demo-agent")
class WatchEndpoints {

  private static final int PAGE = 50;

  /** Lists the watches, newest first; the cursor is opaque. */
  @EndpointSummary("List the watched purchases of a principal")
  @GetMapping("/watches")
  Page<WatchView> watches(
      BuyerAgents agents,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @RequestParam(required = false) @Nullable String cursor) {
    return agents.forCaller(caller).watchService().page(cursor, PAGE);
  }

  /** Receives a decision. The delegation service signs the message, so it needs no key. */
  @EndpointSummary("Hear how a principal decided about an intent")
  @WireMessages(takes = IntentDecision.class)
  @PostMapping("/delegation-decisions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void intentDecided(BuyerAgents agents, @RequestBody byte[] body) {
    var decision = agents.verifiedDelegationMessage(body).bindStatement(IntentDecision.class);
    agents.notifyAgents(
        agent ->
            agent.errandServices().forEach(service -> service.intentDecided(decision.intentId())));
  }

  /** Receives a change of state. The delegation service signs the message, so it needs no key. */
  @EndpointSummary("Hear that a delegation changed its state")
  @WireMessages(takes = StatusChange.class)
  @PostMapping("/delegation-states")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delegationChanged(BuyerAgents agents, @RequestBody byte[] body) {
    var change = agents.verifiedDelegationMessage(body).bindStatement(StatusChange.class);
    agents.notifyAgents(
        agent ->
            agent
                .errandServices()
                .forEach(
                    service -> service.delegationChanged(change.delegationId(), change.state())));
  }
}
