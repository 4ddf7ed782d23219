package org.actsandbox.sandbox.knowledge;

import static org.actsandbox.sandbox.knowledge.Datum.ACCOUNT;
import static org.actsandbox.sandbox.knowledge.Datum.ADDRESS;
import static org.actsandbox.sandbox.knowledge.Datum.BALANCE;
import static org.actsandbox.sandbox.knowledge.Datum.BUDGET;
import static org.actsandbox.sandbox.knowledge.Datum.CONTACT;
import static org.actsandbox.sandbox.knowledge.Datum.CREDENTIAL;
import static org.actsandbox.sandbox.knowledge.Datum.CREDIT;
import static org.actsandbox.sandbox.knowledge.Datum.DOCUMENT;
import static org.actsandbox.sandbox.knowledge.Datum.INSTRUMENT;
import static org.actsandbox.sandbox.knowledge.Datum.ITINERARY;
import static org.actsandbox.sandbox.knowledge.Datum.LIMITS;
import static org.actsandbox.sandbox.knowledge.Datum.NAME;
import static org.actsandbox.sandbox.knowledge.Datum.OFFERS;
import static org.actsandbox.sandbox.knowledge.Datum.PIN;
import static org.actsandbox.sandbox.knowledge.Datum.WISHES;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.AGENT;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.ASSOCIATION;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.DELEGATIONS;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.MERCHANT;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.PSP;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.SELLER;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.SHOP;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.TRUST;
import static org.actsandbox.sandbox.knowledge.ParticipantKind.YOU;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists the data that each kind of participant must never learn; everything else is allowed. */
public final class KnowledgePolicy {

  /**
   * Represents a rule of the policy.
   *
   * @param rule rule of ACT 2.1
   */
  public record Rule(ParticipantKind party, Datum datum, String rule) {}

  public static final List<Rule> RULES =
      List.of(
          // The agent pays by reference and never sees the account behind the reference.
          new Rule(AGENT, ACCOUNT, "PSD-1"),
          new Rule(AGENT, BALANCE, "PSD-1"),
          new Rule(AGENT, PIN, "PSD-3"),
          // Intents carry needs and constraints, never the limit of what the principal could pay.
          new Rule(MERCHANT, BUDGET, "CID-2"),
          new Rule(MERCHANT, LIMITS, "CID-2"),
          new Rule(MERCHANT, OFFERS, "CID-2"),
          new Rule(MERCHANT, WISHES, "CID-2"),
          new Rule(MERCHANT, INSTRUMENT, "PSD-1"),
          new Rule(MERCHANT, ACCOUNT, "PSD-1"),
          new Rule(MERCHANT, BALANCE, "PSD-1"),
          new Rule(MERCHANT, PIN, "PSD-3"),
          new Rule(SHOP, BUDGET, "CID-2"),
          new Rule(SHOP, LIMITS, "CID-2"),
          new Rule(SHOP, OFFERS, "CID-2"),
          new Rule(SHOP, WISHES, "CID-2"),
          new Rule(SHOP, ITINERARY, "CID-2"),
          new Rule(SHOP, INSTRUMENT, "PSD-1"),
          new Rule(SHOP, ACCOUNT, "PSD-1"),
          new Rule(SHOP, BALANCE, "PSD-1"),
          new Rule(SHOP, PIN, "PSD-3"),
          new Rule(SELLER, BUDGET, "CID-2"),
          new Rule(SELLER, LIMITS, "CID-2"),
          new Rule(SELLER, OFFERS, "CID-2"),
          new Rule(SELLER, INSTRUMENT, "PSD-1"),
          new Rule(SELLER, ACCOUNT, "PSD-1"),
          new Rule(SELLER, BALANCE, "PSD-1"),
          new Rule(SELLER, PIN, "PSD-3"),
          // A payment needs amount, payee and order, and a delegated one its limits, but not the
          // conversation.
          new Rule(PSP, WISHES, "ADD-3"),
          new Rule(PSP, BUDGET, "PSD-3"),
          new Rule(PSP, ADDRESS, "PSD-3"),
          new Rule(PSP, DOCUMENT, "PSD-3"),
          new Rule(DELEGATIONS, ACCOUNT, "PSD-1"),
          new Rule(DELEGATIONS, BALANCE, "PSD-1"),
          new Rule(DELEGATIONS, OFFERS, "ADD-3"),
          // Records hold digests and identifiers: no personal data, and nothing in clear.
          new Rule(TRUST, NAME, "TSD-2"),
          new Rule(TRUST, CONTACT, "TSD-2"),
          new Rule(TRUST, DOCUMENT, "TSD-2"),
          new Rule(TRUST, ADDRESS, "TSD-2"),
          new Rule(TRUST, ACCOUNT, "TSD-2"),
          new Rule(TRUST, BALANCE, "TSD-2"),
          new Rule(TRUST, PIN, "TSD-2"),
          new Rule(TRUST, INSTRUMENT, "TSD-2"),
          new Rule(TRUST, WISHES, "TSD-4"),
          new Rule(TRUST, BUDGET, "TSD-4"),
          new Rule(TRUST, OFFERS, "TSD-4"),
          new Rule(TRUST, CREDENTIAL, "TSD-4"),
          // Only the subject and its credit service know the statement; all others get at most
          // what a rule made of it for the agent.
          new Rule(AGENT, CREDIT, "CRD-10"),
          new Rule(PSP, CREDIT, "CRD-10"),
          new Rule(DELEGATIONS, CREDIT, "CRD-10"),
          new Rule(TRUST, CREDIT, "CRD-10"),
          new Rule(ASSOCIATION, CREDIT, "CRD-10"),
          new Rule(MERCHANT, CREDIT, "CRD-10"),
          new Rule(SHOP, CREDIT, "CRD-10"),
          new Rule(SELLER, CREDIT, "CRD-10"));

  /**
   * Data that one principal must never learn of another. An agent, a payment service and a
   * delegation service serve many principals and hold the data of all. A value that two principals
   * have told belongs to each of them.
   */
  private static final Map<Datum, String> OF_ANOTHER =
      Map.of(
          CREDIT, "CRD-10",
          WISHES, "CID-2",
          BUDGET, "CID-2",
          NAME, "CID-2",
          ADDRESS, "CID-2",
          INSTRUMENT, "PSD-1",
          ACCOUNT, "PSD-1",
          BALANCE, "PSD-1");

  /** The same data as rules, for the answer that lists the policy. */
  public static final List<Rule> OF_ANOTHER_PRINCIPAL =
      OF_ANOTHER.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(each -> new Rule(YOU, each.getKey(), each.getValue()))
          .toList();

  /** Data that a seller receives for an order of its own (CID-2), and may pass on to no one. */
  private static final Set<Datum> ENTRUSTED =
      EnumSet.of(NAME, CONTACT, DOCUMENT, ADDRESS, WISHES, ITINERARY);

  private KnowledgePolicy() {}

  public static Optional<Rule> forbids(ParticipantKind participantKind, Datum datum) {
    return RULES.stream()
        .filter(rule -> rule.party() == participantKind && rule.datum() == datum)
        .findFirst();
  }

  /** Returns the rule that forbids a principal to learn this datum of another principal. */
  public static Optional<String> forbidsOfAnother(Datum datum) {
    return Optional.ofNullable(OF_ANOTHER.get(datum));
  }

  /**
   * Returns the rule that {@code from} breaks by telling {@code to}, regardless of what {@code to}
   * may learn from others: a seller must not tell another seller anything about the principal.
   */
  public static Optional<String> forbidsPassing(
      ParticipantKind from, ParticipantKind to, Datum datum) {
    return from.sells() && to.sells() && ENTRUSTED.contains(datum)
        ? Optional.of("CID-2")
        : Optional.empty();
  }
}
