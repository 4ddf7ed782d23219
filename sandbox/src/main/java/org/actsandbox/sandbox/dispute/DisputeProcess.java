package org.actsandbox.sandbox.dispute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.dispute.Finding.Reason;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.EarliestWakeUp;
import org.actsandbox.protocol.time.RetrySchedule;
import org.actsandbox.sandbox.dispute.judgement.CaseFile;
import org.actsandbox.sandbox.dispute.judgement.DisputeJudge;
import org.actsandbox.sandbox.dispute.judgement.Judgement;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import tools.jackson.databind.node.ObjectNode;

/**
 * Moves each dispute from the claim to the finding and its follow-up, one step when it is due.
 * Every step is stored before the next one begins, so a crash repeats at most a request.
 */
final class DisputeProcess implements DueWork {

  /** Ours: the time that parties have to answer. */
  static final Duration EVIDENCE_TIME = Duration.ofHours(24);

  /**
   * Ours: how long an outage may last after the deadline before the dispute ends without a finding.
   */
  static final Duration MAX_OUTAGE = Duration.ofHours(24);

  /** Ours: how long the trust service may be unavailable before the parties are asked. */
  static final Duration MAX_OUTAGE_BEFORE_REQUESTS = Duration.ofDays(7);

  /** The pauses are the same for all steps. */
  private static final RetrySchedule SCHEDULE =
      RetrySchedule.endless(
          Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final int BATCH = 50;

  private final TrustService trustService;
  private final TrustWorld world;
  private final DisputeStore store;
  private final DisputeRules rules;
  private final DisputeDependencies dependencies;
  private final DisputeNotifications notifications;
  private final EvidenceRequests evidenceRequests;
  private final EvidenceExamination evidenceExamination;
  private final DisputeFollowUp disputeFollowUp;
  private final EarliestWakeUp wakeUp;
  private final ReentrantLock stepping = new ReentrantLock();

  DisputeProcess(
      TrustService trustService,
      DisputeStore store,
      DisputeRules rules,
      DisputeDependencies dependencies,
      StatementIntake statementIntake,
      DisputeNotifications notifications) {
    this.trustService = trustService;
    this.world = trustService.world();
    this.store = store;
    this.rules = rules;
    this.dependencies = dependencies;
    this.notifications = notifications;
    var client = new ParticipantClient(world.outbound(), world.did(), TIMEOUT);
    this.evidenceRequests =
        new EvidenceRequests(world, store, dependencies, statementIntake, client);
    this.evidenceExamination = new EvidenceExamination(trustService, rules);
    this.disputeFollowUp = new DisputeFollowUp(world, store, dependencies, client);
    this.wakeUp = new EarliestWakeUp(world.agenda());
  }

  void wakeAt(Instant due) {
    wakeUp.wakeAt(due);
  }

  @Override
  public Optional<Instant> nextDue() {
    return store.dueTable().next();
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return store.dueTable().waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    stepping.lock();
    try {
      wakeUp.forget();
      var due = store.dueTable().due(now, BATCH);
      for (int round = 0; !due.isEmpty() && round < BATCH; round++) {
        due.forEach(this::step);
        due = store.dueTable().due(now, BATCH);
      }
    } finally {
      stepping.unlock();
      nextDue().ifPresent(wakeUp::wakeAt);
    }
  }

  private void step(String disputeId) {
    var dispute = store.find(disputeId).orElseThrow();
    switch (dispute.state()) {
      case OPENED -> requestEvidence(dispute);
      case EVIDENCE_REQUESTED -> collectEvidence(dispute);
      case DECIDING -> decide(dispute);
      case DECIDED -> followUp(dispute);
      case WITHDRAWN -> change(dispute, found -> found.dueAt(null));
    }
  }

  /**
   * Requests evidence; waiting events are recorded first, so that the parties have their records.
   */
  private void requestEvidence(Dispute dispute) {
    var now = world.now();
    if (trustService.recorder().catchUp()) {
      var requested = change(dispute, found -> found.requestEvidence(now, now.plus(EVIDENCE_TIME)));
      requested.ifPresent(
          found ->
              note(
                  found, JournalNote.Kind.STATE, JournalEvent.EVIDENCE_REQUESTED, deadline(found)));
    } else if (now.isBefore(dispute.claim().openedAt().plus(MAX_OUTAGE_BEFORE_REQUESTS))) {
      change(dispute, found -> found.retryAt(pause(found)));
    } else {
      conclude(dispute, Judgement.inconclusive(List.of(outage("trust service"))), List.of());
    }
  }

  private static Map<String, String> deadline(Dispute dispute) {
    return Map.of("deadline", String.valueOf(dispute.progress().deadline()));
  }

  private void collectEvidence(Dispute dispute) {
    var deadline = Objects.requireNonNull(dispute.progress().deadline());
    if (!rules.isOver(world.now(), deadline)) {
      evidenceRequests.ask(dispute, deadline);
    }
    var now = world.now();
    var parties = store.askedParties().ofDispute(dispute.disputeId());
    if (StatementIntake.isComplete(parties)) {
      change(dispute, found -> found.deciding(now));
    } else if (rules.isOver(now, deadline)) {
      change(
          dispute,
          found -> {
            store.askedParties().markSilent(found.disputeId());
            return found.deciding(now);
          });
    } else {
      change(dispute, found -> found.retryAt(next(found, deadline)));
    }
  }

  /** Returns the time of the next attempt, at the latest the deadline unless that is over. */
  private Instant next(Dispute dispute, Instant deadline) {
    var pause = pause(dispute);
    return pause.isAfter(deadline) && world.now().isBefore(deadline) ? deadline : pause;
  }

  private void decide(Dispute dispute) {
    if (!trustService.recorder().catchUp()) {
      wait(dispute, List.of(outage("trust service")), List.of());
      return;
    }
    var parties = store.askedParties().ofDispute(dispute.disputeId());
    var result = evidenceExamination.examine(dispute.purchase(), parties);
    if (!result.outages().isEmpty()) {
      wait(
          dispute,
          result.outages().stream()
              .map(
                  each ->
                      new Reason(
                          Code.VERIFICATION_UNAVAILABLE,
                          Map.of("result", each.result().name()),
                          each.recordId()))
              .toList(),
          result.exhibits());
      return;
    }
    var file =
        new CaseFile(
            dispute.purchase(),
            dispute.claim(),
            result.parties(),
            dependencies.refundable().apply(dispute.purchase().tradeNo()),
            dependencies.isCartless().test(dispute.purchase()),
            world);
    conclude(dispute, DisputeJudge.decide(file), result.exhibits());
  }

  /**
   * Waits for an outage to end, because it is never a mismatch; after {@link #MAX_OUTAGE} it ends
   * the dispute as inconclusive.
   */
  private void wait(Dispute dispute, List<Reason> reasons, List<Finding.Exhibit> exhibits) {
    var deadline = Objects.requireNonNull(dispute.progress().deadline());
    if (world.now().isBefore(deadline.plus(MAX_OUTAGE))) {
      change(dispute, found -> found.retryAt(pause(found)));
      return;
    }
    conclude(dispute, Judgement.inconclusive(reasons), exhibits);
  }

  private static Reason outage(String who) {
    return Reason.of(Code.VERIFICATION_UNAVAILABLE, Map.of("who", who));
  }

  private void conclude(Dispute dispute, Judgement judgement, List<Finding.Exhibit> exhibits) {
    var now = world.now();
    var refund = judgement.refund();
    var finding =
        sign(
            new Finding(
                dispute.disputeId(),
                dispute.purchase().orderNo(),
                dispute.claim().kind(),
                judgement.outcome(),
                judgement.reasons(),
                exhibits,
                refund == null ? null : refund.decimal(),
                dispute.purchase().paid().currency().getCurrencyCode(),
                now,
                null,
                null,
                null));
    change(
            dispute,
            found -> {
              store.askedParties().deleteDocuments(found.disputeId());
              var decided =
                  found.decided(
                      Json.write(finding),
                      judgement.outcome(),
                      refund == null ? Dispute.Refund.NONE : Dispute.Refund.pending(refund),
                      now);
              notifications.add(NotificationEvent.DISPUTE_DECIDED, decided);
              return decided;
            })
        .ifPresent(
            found -> {
              disputeFollowUp.journalDecision(found, judgement);
              notifications.deliveries().wakeUp();
            });
  }

  private Instant pause(Dispute dispute) {
    return SCHEDULE.next(world.now(), dispute.progress().attempts()).orElseThrow();
  }

  /** Changes a dispute; empty when its state changed meanwhile, for example by a withdrawal. */
  private Optional<Dispute> change(Dispute before, UnaryOperator<Dispute> change) {
    return world.inTransaction(
        () -> {
          var found = store.lock(before.disputeId()).orElseThrow();
          if (found.state() != before.state()) {
            return Optional.<Dispute>empty();
          }
          var changed = change.apply(found);
          store.update(changed);
          return Optional.of(changed);
        });
  }

  private ObjectNode sign(Finding finding) {
    return SignedJson.sign((ObjectNode) Json.tree(finding), world.signer());
  }

  /**
   * Calls the other participants without a transaction, because one that answers slowly would keep
   * the row locked. No other step changes a decided dispute meanwhile; a crash before the update
   * repeats the calls, which the receivers recognize.
   */
  private void followUp(Dispute dispute) {
    var performed = disputeFollowUp.perform(dispute, pause(dispute));
    change(dispute, _ -> performed);
  }

  private void note(
      Dispute dispute, JournalNote.Kind kind, JournalEvent event, Map<String, String> data) {
    var all = new TreeMap<String, String>(data);
    all.put("dispute_id", dispute.disputeId());
    world.note(kind, event, dispute.journalIds(), all);
  }
}
