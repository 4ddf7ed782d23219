package org.actsandbox.sandbox.delegation;

import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
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

/** Serves the dispute service, which identifies itself by its signature: evidence and findings. */
@RestController
@RequestMapping("/w/{world}/delegations/disputes")
class DelegationDisputeEndpoints {

  @EndpointSummary("Ask the delegation service for evidence in a dispute")
  @WireMessages(takes = EvidenceRequest.class)
  @PostMapping("/evidence")
  EvidenceResponse evidence(Delegations delegations, @RequestBody byte[] body) {
    return delegations.delegationEvidence().answer(body);
  }

  @EndpointSummary("Tell the delegation service the finding of a dispute")
  @WireMessages(takes = Finding.class)
  @PostMapping("/findings")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void finding(Delegations delegations, @RequestBody byte[] body) {
    delegations.delegationEvidence().receiveFinding(body);
  }
}
