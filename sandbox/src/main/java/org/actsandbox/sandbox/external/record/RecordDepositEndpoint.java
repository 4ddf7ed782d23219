package org.actsandbox.sandbox.external.record;

import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.world.World;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Serves the address at which merchants from outside deposit their records (TSD-ATT-OFF). */
@RestController
class RecordDepositEndpoint {

  /**
   * Answers a deposit.
   *
   * @param height the record's height on the chain
   */
  record Deposited(String recordId, long height) {}

  /** Takes a record that the caller made and signed of its own event, and anchors it. */
  @EndpointSummary("Deposit an attestation record of one's own")
  @WireMessages(takes = OffChainRecord.class, answers = Deposited.class, status = 201)
  @PostMapping("/w/{world}/trust/records")
  @ResponseStatus(HttpStatus.CREATED)
  Deposited deposit(
      World world, @AllowedRoles(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    var record =
        new RecordDeposit(world).take(JsonMessage.parse(body).raw(), caller.did().orElseThrow());
    return new Deposited(record.recordId(), record.height());
  }
}
