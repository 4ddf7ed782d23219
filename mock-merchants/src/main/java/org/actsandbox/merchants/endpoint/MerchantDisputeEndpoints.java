package org.actsandbox.merchants.endpoint;

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

/**
 * Serves the endpoints at which the dispute service asks a merchant for evidence and tells it the
 * finding; the signature in the body identifies the caller.
 */
@RestController
@RequestMapping("/w/{world}/merchants/{merchant}/disputes")
public class MerchantDisputeEndpoints {

  @EndpointSummary("Ask a merchant for evidence in a dispute")
  @WireMessages(takes = EvidenceRequest.class)
  @PostMapping("/evidence")
  EvidenceResponse evidence(Merchant merchant, @RequestBody byte[] body) {
    return merchant.evidence().answer(body);
  }

  @EndpointSummary("Tell a merchant the finding of a dispute")
  @WireMessages(takes = Finding.class)
  @PostMapping("/findings")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void finding(Merchant merchant, @RequestBody byte[] body) {
    merchant.evidence().receiveFinding(body);
  }
}
