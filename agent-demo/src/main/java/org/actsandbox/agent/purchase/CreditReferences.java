package org.actsandbox.agent.purchase;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.CreditReference;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.AssociationStatus;
import org.actsandbox.protocol.credit.CreditQueryAuthorization;
import org.actsandbox.protocol.credit.code.QueryMode;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds the reference to credit that a cart may carry: only at a merchant that takes a deposit, and
 * only if the principal let exactly this merchant ask for exactly this purpose (ACT CRD-4). It
 * reads ids, purposes and scopes; the content of a statement never comes here.
 */
final class CreditReferences {

  /** Holds what a merchant needs to lower a deposit, and no more. */
  private static final Set<String> ITEMS = Set.of("associatedCreditValue", "mappingPolicy");

  private static final String PARTICIPANT = "sandbox-credit";

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final Duration timeout;

  CreditReferences(AgentWorld world, AgentHttpClient agentHttpClient, Duration timeout) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.timeout = timeout;
  }

  /** Returns empty also if issuer or verifier do not answer: the deposit is then taken in full. */
  Optional<CreditReference> find(Purchase purchase) {
    if (!DepositSteps.takesDeposit(purchase.shown().offer())) {
      return Optional.empty();
    }
    try {
      return world.platform(purchase.shown().offer().merchantId()).flatMap(this::find);
    } catch (NoAnswerException | ParticipantRefusal | JacksonException unavailable) {
      return Optional.empty();
    }
  }

  private Optional<CreditReference> find(Platform platform) {
    var authorization =
        list(world.credit().verifier() + "/authorizations")
            .map(each -> Json.read(each.path("authorization"), CreditQueryAuthorization.class))
            .filter(each -> permits(each, platform))
            .findFirst();
    if (authorization.isEmpty()) {
      return Optional.empty();
    }
    return list(world.credit().issuer() + "/associations")
        .map(each -> Json.read(each, Carried.class))
        .filter(each -> each.counts() && fits(each.credential(), platform))
        .min(Comparator.comparing(Carried::isUnderReview))
        .map(Carried::credential)
        .map(
            credential ->
                new CreditReference(
                    credential.credentialId(),
                    credential.subjectCreditAssertionRef(),
                    authorization.get().authorizationId(),
                    QueryMode.PLATFORM_DELEGATED));
  }

  /**
   * Represents a credential and its state. One that is assessed again is carried, too: the merchant
   * then has a person look, which it would not without the reference (ACT CRD-9.d).
   */
  private record Carried(AssociationCredential credential, AssociationStatus status) {

    boolean counts() {
      return status.status() == AssociationState.ACTIVE || isUnderReview();
    }

    boolean isUnderReview() {
      return status.status() == AssociationState.SUSPENDED
          && AssociationStatus.ASSESSMENT.equals(status.reasonCode());
    }
  }

  private boolean permits(CreditQueryAuthorization authorization, Platform platform) {
    var merchant = platform.did().value();
    return authorization.status() == CreditQueryAuthorization.State.ACTIVE
        && authorization.mode() == QueryMode.PLATFORM_DELEGATED
        && merchant.equals(authorization.platformDelegateId())
        && authorization.relyingPartyIds().contains(merchant)
        && authorization.agentIds().contains(world.agent().value())
        && authorization.purpose().equals(Deposit.PURPOSE)
        && authorization.allowedDataItems().containsAll(ITEMS)
        && !world.now().isBefore(authorization.validFrom());
  }

  private boolean fits(AssociationCredential credential, Platform platform) {
    return credential.purpose().equals(Deposit.PURPOSE)
        && credential.agentId().equals(world.agent().value())
        && (credential.scope().contains(platform.did().value())
            || credential.scope().contains("kind:" + platform.kind().code()));
  }

  private Stream<JsonNode> list(String address) {
    var answer =
        agentHttpClient.getWithKey(URI.create(address + world.principalQuery()), "", timeout);
    return AgentHttpClient.body(PARTICIPANT, answer).path("items").valueStream();
  }
}
