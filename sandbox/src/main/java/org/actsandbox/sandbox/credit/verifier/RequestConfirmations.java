package org.actsandbox.sandbox.credit.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.code.QueryMode;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the subject of each request for its credit that comes without an authorization, and lets
 * the request wait for the decision (ACT CRD-11.c). A waiting request lives as long as the call
 * that brought it, so nothing of it is stored.
 */
public final class RequestConfirmations {

  /** Ours: the edge ends a call after a minute, and an answer has to come before that. */
  static final Duration MOST_PATIENCE = Duration.ofSeconds(50);

  /** Ours: what the subject confirms is good for as long as a result. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  /** Ours: a relying party that sends more at once gets AUTHORIZATION_REQUIRED immediately. */
  private static final int MOST_AT_ONCE = 5;

  private final CreditWorld world;
  private final QueryAuthorizations authorizations;
  private final Map<String, Inquiry> inquiries = new ConcurrentHashMap<>();

  RequestConfirmations(CreditWorld world, QueryAuthorizations authorizations) {
    this.world = world;
    this.authorizations = authorizations;
  }

  /**
   * Represents a request that waits for its subject.
   *
   * @param businessContext why the relying party asks, in its own words
   * @param content the authorization for this request alone, which the PIN would sign
   * @param digest the digest of the content, which the decision names
   */
  public record Waiting(
      String verificationRecordId,
      String relyingPartyId,
      String agentId,
      String purpose,
      Map<String, JsonNode> businessContext,
      JsonNode content,
      String digest,
      Instant askedAt) {}

  /** Holds a waiting request and the decision about it, under its lock. */
  private static final class Inquiry {

    private final Did subject;
    private final Waiting waiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition decided = lock.newCondition();
    private boolean over;
    private @Nullable String authorizationId;

    Inquiry(Did subject, Waiting waiting) {
      this.subject = subject;
      this.waiting = waiting;
    }

    void end(@Nullable String permittedBy) {
      over = true;
      authorizationId = permittedBy;
      decided.signalAll();
    }
  }

  /**
   * Waits for the subject's decision in real time, because a person takes it.
   *
   * @return the id of the authorization; empty if the subject declined or did not decide in time
   */
  Optional<String> ask(
      String recordId, CreditVerificationRequest request, Did subject, Duration patience) {
    var inquiry = new Inquiry(subject, waiting(recordId, request, subject));
    if (patience.isZero() || !add(inquiry)) {
      return Optional.empty();
    }
    world.note(
        JournalEvent.CREDIT_CONFIRMATION_REQUESTED,
        Map.of(
            "relying_party", request.relyingPartyId(),
            "agent_id", request.agentId(),
            "purpose", request.purpose(),
            "record_id", recordId));
    inquiry.lock.lock();
    try {
      long left = patience.toNanos();
      while (!inquiry.over && left > 0) {
        left = inquiry.decided.awaitNanos(left);
      }
      inquiry.over = true;
      return Optional.ofNullable(inquiry.authorizationId);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      inquiry.over = true;
      return Optional.empty();
    } finally {
      inquiries.remove(recordId);
      inquiry.lock.unlock();
    }
  }

  private synchronized boolean add(Inquiry inquiry) {
    var party = inquiry.waiting.relyingPartyId();
    if (inquiries.values().stream()
            .filter(each -> each.waiting.relyingPartyId().equals(party))
            .count()
        >= MOST_AT_ONCE) {
      return false;
    }
    inquiries.put(inquiry.waiting.verificationRecordId(), inquiry);
    return true;
  }

  private Waiting waiting(String recordId, CreditVerificationRequest request, Did subject) {
    var wish =
        Json.object()
            .put("mode", QueryMode.PER_REQUEST.name())
            .put("boundRequestId", request.requestId())
            .put("purpose", request.purpose())
            .put("expiresAt", world.now().plus(LIFE).toString());
    wish.putArray("relyingPartyIds").add(request.relyingPartyId());
    wish.putArray("agentIds").add(request.agentId());
    var items = new TreeSet<>(QueryAuthorizations.TOGETHER);
    items.addAll(request.requestedDataItems());
    items.forEach(wish.putArray("allowedDataItems")::add);
    wish.putObject("resultUseRestrictions").put("mayStore", false).put("mayTransfer", false);
    var draft = authorizations.draft(wish, subject);
    return new Waiting(
        recordId,
        request.relyingPartyId(),
        request.agentId(),
        request.purpose(),
        request.businessContext(),
        draft.content(),
        draft.digest(),
        world.now());
  }

  /** Lists the requests that wait for a principal, the oldest first. */
  public Page<Waiting> of(Did principal) {
    var found = new ArrayList<Waiting>();
    for (var each : inquiries.values()) {
      if (each.subject.equals(principal)) {
        found.add(each.waiting);
      }
    }
    found.sort(Comparator.comparing(Waiting::askedAt).thenComparing(Waiting::verificationRecordId));
    return new Page<>(List.copyOf(found), null);
  }

  /**
   * Takes the subject's decision. A wrong PIN leaves the request waiting.
   *
   * @return the authorization for this one request; empty if the subject declined
   * @throws Refusal {@code not_found} when the request waits no more, {@code approval_mismatch},
   *     {@code pin_wrong}, {@code pin_locked}
   */
  public Optional<ObjectNode> decide(String recordId, ApprovalRequest decision, Caller caller) {
    var inquiry = require(recordId, QueryAuthorizations.own(caller));
    inquiry.lock.lock();
    try {
      if (inquiry.over) {
        throw gone(recordId);
      }
      return switch (decision.decision()) {
        case "APPROVE" -> {
          var granted =
              authorizations.grant(
                  inquiry.waiting.content(), decision.digest(), decision.pin(), caller);
          inquiry.end(granted.path("authorizationId").asString());
          yield Optional.of(granted);
        }
        case "DECLINE" -> {
          inquiry.end(null);
          yield Optional.empty();
        }
        default -> throw FieldChecks.invalid("decision", "APPROVE or DECLINE", decision.decision());
      };
    } finally {
      inquiry.lock.unlock();
    }
  }

  private Inquiry require(String recordId, Did principal) {
    var inquiry = inquiries.get(FieldChecks.text("verificationRecordId", recordId, 64));
    if (inquiry == null || !inquiry.subject.equals(principal)) {
      throw gone(recordId);
    }
    return inquiry;
  }

  private static Refusal gone(String recordId) {
    return new Refusal(Problem.NOT_FOUND, "no request waits under this record")
        .at("verificationRecordId")
        .observed(recordId)
        .remedy("The relying party has had its answer; it may ask again.");
  }
}
