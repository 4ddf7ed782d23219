package org.actsandbox.sandbox.wiring;

import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.http.ClockAwareOutboundClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.external.relay.MerchantRoute;
import org.actsandbox.sandbox.notification.NotificationChannels;
import org.actsandbox.sandbox.notification.WebhookSecrets;
import org.actsandbox.sandbox.notification.api.WebhookNetwork;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes the contexts of a world's participants. */
@Component
class ParticipantContexts {

  private final JdbcClient jdbc;
  private final Transactions transactions;
  private final OutboundClient outboundClient;
  private final WebhookNetwork webhookNetwork;

  ParticipantContexts(
      JdbcClient jdbc,
      Transactions transactions,
      OutboundClient outboundClient,
      WebhookNetwork webhookNetwork) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outboundClient = outboundClient;
    this.webhookNetwork = webhookNetwork;
  }

  /** Returns how a world's services notify merchants and agents at their webhook endpoints. */
  NotificationChannels channels(World world) {
    return new NotificationChannels(
        world.webhookEndpoints(),
        new WebhookSecrets(world.keys()::derived),
        new ClockAwareOutboundClient(call -> send(world, call), world.agenda()),
        webhookNetwork::mayCall,
        world.secrets()::mask);
  }

  /**
   * Leads a call to a merchant that takes part through its place in the world, where it is recorded
   * and meets faults; others go out directly.
   */
  private OutboundClient.Answer send(World world, OutboundClient.Call call) {
    return world.externalMerchants().ownerOf(call.target()).isPresent()
        ? new MerchantRoute(outboundClient, world).send(call)
        : webhookNetwork.send(call);
  }

  /** Makes the context of a participant that reports attested events to the trust service. */
  ParticipantContext of(World world, Did participant) {
    return withoutReports(world, participant)
        .withAttestations(world.participant(TrustService.class).attestations());
  }

  /** Makes the context of the trust service, which reports nothing. */
  ParticipantContext withoutReports(World world, Did participant) {
    var clock = world.participantClock(participant);
    return new ParticipantContext(
        world.partition(),
        participant,
        clock,
        World.ZONE,
        jdbc,
        transactions,
        world.ids(),
        world.journal(),
        clock.agenda(),
        world.signer(participant),
        world.directory(),
        new ClockAwareOutboundClient(new MerchantRoute(outboundClient, world), world.agenda()),
        world.principals().hasSeveral(),
        Attestations.NONE);
  }
}
