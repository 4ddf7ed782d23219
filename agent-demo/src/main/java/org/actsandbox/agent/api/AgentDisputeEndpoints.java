package org.actsandbox.agent.api;

import java.util.Map;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponder;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponse;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Receives what the dispute service asks and tells. The signature of each message proves its
 * sender.
 */
@RestController
@RequestMapping("/w/{world}/agents/demo-agent/disputes")
class AgentDisputeEndpoints {

  @EndpointSummary("Ask the buyer agent for evidence in a dispute")
  @WireMessages(takes = EvidenceRequest.class)
  @PostMapping("/evidence")
  EvidenceResponse evidence(BuyerAgents agents, @RequestBody byte[] body) {
    return agents
        .evidenceResponder()
        .answer(
            body, _ -> new EvidenceResponder.Testimony("records_of_decision", Map.of(), Map.of()));
  }

  /**
   * Receives a finding as a signed message; the principal gets it from the dispute service itself.
   */
  @EndpointSummary("Tell the buyer agent the finding of a dispute")
  @WireMessages(takes = Finding.class)
  @PostMapping("/findings")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void finding(BuyerAgents agents, @RequestBody byte[] body) {
    agents.evidenceResponder().receiveFinding(body);
  }
}
