package org.actsandbox.sandbox.psp.authority;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IssuanceStatus;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.psp.PspWorld;

/**
 * Tracks the state of delegations (ACT ADD-8): before the first payment the payment service asks
 * the delegation service whether it issued exactly this credential; from then on it receives
 * changes, reads the status list when its knowledge is older than the list's time to live, and
 * decides by the last known state when the service does not answer. A payment under a credential
 * that the service never confirmed is never made.
 */
public final class DelegationStates {

  private static final int NOT_FOUND = 404;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MAX_AGE = Duration.ofSeconds(StatusList.TTL_SECONDS);

  private final PspWorld world;
  private final PspDelegationStore store;
  private final Optional<DelegationState> unissued;

  /**
   * @param unissued the state of a credential that the delegation service did not issue: empty, so
   *     that it is refused, except in a mutant
   */
  public DelegationStates(
      PspWorld world, PspDelegationStore store, Optional<DelegationState> unissued) {
    this.world = world;
    this.store = store;
    this.unissued = unissued;
  }

  /**
   * Represents the state of a delegation that the service stated at {@code issuedAt}.
   *
   * @param confirms whether the service said that it issued the credential
   */
  public record ObservedState(
      String delegationId, DelegationState state, Instant issuedAt, boolean confirms) {}

  /**
   * Makes sure that the stored state is recent enough to rely on.
   *
   * @throws Refusal {@code delegation_state_unknown} when the service never answered
   */
  void refresh(Iac iac, PspDelegationStore.Entry known) {
    observe(iac, Optional.of(known)).ifPresent(this::store);
  }

  /**
   * Asks the delegation service unless the stored state is recent enough; holds no lock and writes
   * nothing.
   *
   * @param known the stored entry; empty before the first payment under a delegation
   * @return empty when the stored state is still good
   * @throws Refusal {@code iac_not_issued} when the service did not issue exactly this credential,
   *     {@code delegation_state_unknown} when the service never answered
   */
  public Optional<DelegationStates.ObservedState> observe(
      Iac iac, Optional<PspDelegationStore.Entry> known) {
    var now = world.now();
    var state = known.map(PspDelegationStore.Entry::state);
    boolean isConfirmed = known.filter(PspDelegationStore.Entry::isConfirmed).isPresent();
    if (state.filter(DelegationState::isFinal).isPresent()
        || (isConfirmed && known.filter(entry -> isRecent(entry, now)).isPresent())) {
      return Optional.empty();
    }
    try {
      return Optional.of(isConfirmed ? listed(iac, now) : confirmed(iac, now));
    } catch (NoAnswerException | Refusal | IllegalArgumentException failed) {
      if (failed instanceof Refusal refusal && refusal.problem() == Problem.IAC_NOT_ISSUED) {
        throw refusal;
      }
      if (!isConfirmed || state.isEmpty()) {
        throw unknown(iac, String.valueOf(failed.getMessage()));
      }
      world.note(
          JournalNote.Kind.DECISION,
          JournalEvent.DECIDED_ON_LAST_KNOWN_STATE,
          Map.of(JournalIds.DELEGATION_ID, iac.payload().delegationId()),
          Map.of(
              "state", state.get().code(),
              "as_of", String.valueOf(known.map(PspDelegationStore.Entry::checkedAt).orElse(null)),
              "why", String.valueOf(failed.getMessage())));
      return Optional.empty();
    }
  }

  /** Stores an observed state in the caller's transaction; a newer reported change prevails. */
  public void store(DelegationStates.ObservedState observedState) {
    store.stateListed(
        observedState.delegationId(), observedState.state(), observedState.issuedAt());
  }

  /**
   * Receives a change of state from the status service.
   *
   * @throws Refusal for a bad signature; {@code key_forbidden} when the signer is not the status
   *     service
   */
  public StatusChange receiveChange(byte[] body) {
    var jsonMessage = JsonMessage.parse(body);
    var change = jsonMessage.bindStatement(StatusChange.class);
    requireService(jsonMessage.verifySigner(world.keys()));
    store.stateReported(change.delegationId(), change.state(), change.changedAt(), world.now());
    return change;
  }

  private static boolean isRecent(PspDelegationStore.Entry known, Instant now) {
    var checked = known.checkedAt();
    return known.state() != null
        && checked != null
        && Duration.between(checked, now).abs().compareTo(MAX_AGE) < 0;
  }

  private DelegationStates.ObservedState listed(Iac iac, Instant now) {
    requireOurService(iac);
    var answer = fetch(iac.status().list());
    requireAnswered(answer);
    var jsonMessage = message(answer);
    var list = jsonMessage.bindStatement(StatusList.class);
    requireSame(iac, list.listId());
    requireFresh(list.issuedAt(), now);
    var state = list.at(iac.status().index()).orElseThrow(() -> notIssued(iac));
    return new DelegationStates.ObservedState(
        iac.payload().delegationId(), state, list.issuedAt(), false);
  }

  /**
   * Asks once for each credential; only holders of the credential know the digest in the question.
   */
  private DelegationStates.ObservedState confirmed(Iac iac, Instant now) {
    requireOurService(iac);
    var id = iac.payload().delegationId();
    var answer =
        fetch(
            URI.create(
                world.authority().iacs()
                    + URLEncoder.encode(id, StandardCharsets.UTF_8)
                    + "/status?iac_digest="
                    + URLEncoder.encode(iac.digest(), StandardCharsets.UTF_8)));
    if (answer.status() == NOT_FOUND) {
      return new DelegationStates.ObservedState(
          id, unissued.orElseThrow(() -> notIssued(iac)), now, true);
    }
    requireAnswered(answer);
    var issued = message(answer).bindStatement(IssuanceStatus.class);
    if (!issued.delegationId().equals(id) || !issued.iacDigest().equals(iac.digest())) {
      throw new Refusal(
          Problem.UPSTREAM_FAILED, "the delegation service answered about another delegation");
    }
    requireSame(iac, issued.listId());
    if (issued.index() != iac.status().index()) {
      throw notIssued(iac);
    }
    requireFresh(issued.issuedAt(), now);
    return new DelegationStates.ObservedState(id, issued.state(), issued.issuedAt(), true);
  }

  private void requireOurService(Iac iac) {
    var address = iac.status().list();
    if (!address.toString().startsWith(world.authority().statusLists().toString())) {
      throw new Refusal(
              Problem.IAC_INVALID,
              "its status list is not from a service that the payment service relies on")
          .at("iac")
          .observed(address.toString());
    }
  }

  private OutboundClient.Answer fetch(URI address) {
    return new ParticipantClient(world.outbound(), world.did(), TIMEOUT).fetch(address, Map.of());
  }

  private static void requireAnswered(OutboundClient.Answer answer) {
    if (!answer.isSuccess()) {
      throw new Refusal(Problem.UPSTREAM_FAILED, "the status service answered " + answer.status());
    }
  }

  private JsonMessage message(OutboundClient.Answer answer) {
    var jsonMessage = JsonMessage.parse(answer.body());
    requireService(jsonMessage.verifySigner(world.keys()));
    return jsonMessage;
  }

  private static void requireSame(Iac iac, String listId) {
    if (!iac.status().list().getPath().endsWith("/" + listId)) {
      throw new Refusal(Problem.UPSTREAM_FAILED, "the status service sent another list");
    }
  }

  /** Refuses old answers: one that is replayed would bring a revoked delegation back. */
  private static void requireFresh(Instant issuedAt, Instant now) {
    if (Duration.between(issuedAt, now).abs().compareTo(MAX_AGE) > 0) {
      throw new Refusal(
          Problem.UPSTREAM_FAILED,
          "the status service sent an answer of %s, by a clock that says %s"
              .formatted(issuedAt, now));
    }
  }

  private static Refusal notIssued(Iac iac) {
    return new Refusal(
            Problem.IAC_NOT_ISSUED, "the delegation service did not issue this credential")
        .at("iac")
        .expected("a credential exactly as the delegation service issued it")
        .observed(iac.payload().delegationId() + " " + iac.digest())
        .remedy("Fetch the credential from the delegation service, or ask for a new authority.");
  }

  private void requireService(Did signer) {
    if (!signer.equals(world.authority().statusService())) {
      throw new Refusal(
              Problem.KEY_FORBIDDEN, "only the status service may report a change of state")
          .at("signer_id")
          .expected(world.authority().statusService().value())
          .observed(signer.value());
    }
  }

  private static Refusal unknown(Iac iac, String why) {
    return new Refusal(
            Problem.DELEGATION_STATE_UNKNOWN, "the state of the delegation is unknown: " + why)
        .at("iac.credentialStatus")
        .observed(iac.status().list().toString())
        .remedy("Try again when the status service answers.");
  }
}
