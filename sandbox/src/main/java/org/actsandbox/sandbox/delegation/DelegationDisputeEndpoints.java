package org.actsandbox.sandbox.delegation;

import org.actsandbox.protocol.attestation.dispute.Evidence;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the dispute service asks and tells; its signature is the proof of who it is. */
@RestController
@RequestMapping("/w/{world}/delegations/disputes")
class DelegationDisputeEndpoints {

  @Summary("Ask the delegation service for evidence in a dispute")
  @OnTheWire(takes = EvidenceRequest.class)
  @PostMapping("/evidence")
  Evidence evidence(Delegations delegations, @RequestBody byte[] body) {
    return delegations.testimony().answer(body);
  }

  @Summary("Tell the delegation service the finding of a dispute")
  @OnTheWire(takes = Finding.class)
  @PostMapping("/findings")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void finding(Delegations delegations, @RequestBody byte[] body) {
    delegations.testimony().told(body);
  }
}
