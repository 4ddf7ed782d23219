package org.actsandbox.sandbox.psp;

import java.util.Map;
import org.actsandbox.protocol.attestation.dispute.Evidence;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.payment.Messages;
import org.actsandbox.protocol.rule.ActComponent;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the dispute service asks, tells and orders; its signature is the proof of who it is. */
@RestController
@RequestMapping("/w/{world}/psp/disputes")
class PaymentDisputeEndpoints {

  private static final ActComponent COMPONENT = ActComponent.TSD_ATT_DSP;

  @Summary("Ask the payment provider for evidence in a dispute")
  @OnTheWire(takes = EvidenceRequest.class)
  @PostMapping("/evidence")
  Evidence evidence(Psp psp, @RequestBody byte[] body) {
    return psp.testimony().answer(body);
  }

  @Summary("Tell the payment provider the finding of a dispute")
  @OnTheWire(takes = Finding.class)
  @PostMapping("/findings")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void finding(Psp psp, @RequestBody byte[] body) {
    psp.testimony().told(body);
  }

  @Summary("Order the refund a dispute was decided with")
  @OnTheWire(takes = Messages.RefundRequest.class)
  @PostMapping("/refunds")
  Messages.Refund refund(Psp psp, Caller caller, @RequestBody byte[] body) {
    return psp.journalled(caller, COMPONENT, Map.of(), () -> psp.refunds().ordered(body));
  }
}
