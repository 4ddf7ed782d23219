package org.actsandbox.sandbox.credit.institution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.protocol.credit.AgentCreditAssertion;
import org.actsandbox.protocol.credit.AntiReplay;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.AssociationStatus;
import org.actsandbox.protocol.credit.AssociationStatusChange;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.CreditProof;
import org.actsandbox.protocol.credit.CreditValidity;
import org.actsandbox.protocol.credit.CreditValidityQuery;
import org.actsandbox.protocol.credit.MappingPolicy;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.credit.CreditService;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.credit.MappedCredit;
import org.actsandbox.sandbox.credit.institution.StatementStore.Rule;
import org.actsandbox.sandbox.credit.institution.StatementStore.Statement;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is the credit service of one world: it makes statements about principals, maps them for agents by
 * rules with versions (ACT CRD-7), and says whether they still hold (CRD-9).
 */
public final class CreditInstitution implements CreditService {

  private static final String RULE = "sandbox-agent-credit";
  private static final Rule FIRST_RULE = new Rule("1.0", 20, true, Instant.EPOCH);

  /** No agent gets more than this, even if its subject's limit is higher (CRD-7). */
  private static final BigDecimal CEILING = new BigDecimal("3000.00");

  private final CreditWorld world;
  private final StatementStore store;
  private final CreditStatements statements;
  private final ParticipantClient client;

  public CreditInstitution(CreditWorld world) {
    this.world = world;
    this.store = new StatementStore(world);
    this.statements = new CreditStatements(world, store);
    this.client = world.client();
  }

  CreditWorld world() {
    return world;
  }

  /** Represents a statement for its subject, who alone may read it. */
  public record OwnStatement(String reference, CreditValidity.State state, JsonNode statement) {}

  public List<OwnStatement> own(Did principal) {
    return statements.of(principal).stream()
        .map(
            each ->
                new OwnStatement(
                    CreditStatements.reference(each),
                    each.at(world.now()),
                    Json.parse(each.json())))
        .toList();
  }

  @Override
  public MappedCredit map(Did principal) {
    return current(principal)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no valid statement about the subject")
                    .at("subjectId")
                    .observed(principal.value())
                    .remedy("Wait until the credit service has made a new statement."));
  }

  /** Maps the valid statement by the current rule; empty without a statement or a rule. */
  private Optional<MappedCredit> current(Did principal) {
    return statements
        .valid(principal)
        .flatMap(
            statement ->
                rules().stream()
                    .filter(Rule::supported)
                    .max(Comparator.comparing(Rule::since))
                    .map(rule -> map(statement, rule)));
  }

  private List<Rule> rules() {
    var known = store.rules();
    return known.stream().anyMatch(rule -> rule.version().equals(FIRST_RULE.version()))
        ? known
        : Stream.concat(Stream.of(FIRST_RULE), known.stream()).toList();
  }

  private MappedCredit map(Statement statement, Rule rule) {
    var content = Json.parse(statement.json()).path("creditPayload");
    int percent = world.rules().share(rule.sharePercent());
    var share =
        new BigDecimal(content.path("creditLimit").asString())
            .multiply(BigDecimal.valueOf(percent))
            .divide(BigDecimal.valueOf(100), 2, RoundingMode.DOWN);
    var limit = percent < 100 ? share.min(CEILING) : share;
    var value =
        Json.object()
            .put("level", content.path("level").asString() + "-ASSOCIATED")
            .put("limit", limit.toPlainString())
            .put("currency", content.path("currency").asString());
    return new MappedCredit(
        CreditStatements.reference(statement), value, new MappingPolicy(RULE, rule.version()));
  }

  @Override
  public boolean isAttested(String attestationRef, String applicationId, String digest) {
    return attestationRef.startsWith(ATTESTATION)
        && store.hasAttestation(
            attestationRef.substring(ATTESTATION.length()), applicationId, digest);
  }

  /** States for an agent what a credential refers to, with rule, source and limits of use. */
  AgentCreditAssertion agentAssertion(AssociationIssuer.Held held) {
    var credential = Json.read(held.credential(), AssociationCredential.class);
    var assertion =
        new AgentCreditAssertion(
            "CG-" + credential.credentialId(),
            "1",
            world.did().value(),
            credential.agentId(),
            credential.credentialId(),
            credential.subjectCreditAssertionRef(),
            credential.associatedCreditValue(),
            AssociationCredential.SOURCE,
            credential.mappingPolicy(),
            credential.purpose(),
            credential.scope(),
            credential.issuedAt(),
            credential.validFrom(),
            credential.expiresAt(),
            held.status().status(),
            null);
    return Json.read(
        CreditProjection.ASSERTION.prove((ObjectNode) Json.tree(assertion), world.signer()),
        AgentCreditAssertion.class);
  }

  static final String ATTESTATION = "urn:act:credit-attestation:";

  /** Keeps the principal's signed confirmation and returns its reference. */
  String attest(String applicationId, String digest, String evidence) {
    var id = world.ids().next("CA");
    world
        .transactions()
        .executeWithoutResult(() -> store.addAttestation(id, applicationId, digest, evidence));
    return ATTESTATION + id;
  }

  /**
   * Answers the verifier about a statement, with nothing of its content.
   *
   * @throws Refusal {@code key_forbidden} for any other participant
   */
  CreditValidity validity(byte[] body) {
    var message = JsonMessage.parse(body);
    var signer = message.verifySigner(world.keys());
    if (!signer.equals(world.addresses().verifierDid())) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "only the verifier may ask about statements")
          .at(SignedJson.SIGNER_ID)
          .expected(world.addresses().verifierDid().value())
          .observed(signer.value());
    }
    var query = message.bind(CreditValidityQuery.class);
    if (!world.isCurrent(query.askedAt())) {
      throw FieldChecks.invalid(
          "asked_at", "at most five minutes from " + world.now(), query.askedAt().toString());
    }
    var statement = statements.find(query.assertionRef());
    var rule =
        rules().stream()
            .filter(Rule::supported)
            .filter(each -> each.version().equals(query.mappingPolicy().version()))
            .filter(_ -> query.mappingPolicy().id().equals(RULE))
            .findFirst();
    boolean agrees =
        statement.isPresent()
            && rule.isPresent()
            && map(statement.get(), rule.get()).value().equals(query.associatedCreditValue());
    var answer =
        new CreditValidity(
            query.assertionRef(),
            statement.map(each -> each.at(world.now())).orElse(CreditValidity.State.UNKNOWN),
            rule.isPresent(),
            agrees,
            world.now(),
            null,
            null,
            null);
    return SignedJson.sign(answer, CreditValidity.class, world.signer());
  }

  /** Replaces the statement about a principal and has its credentials assessed again. */
  OwnStatement correct(Did principal, int score, AssociationIssuer issuer) {
    var made = statements.correct(principal, score);
    assess(principal, issuer);
    return new OwnStatement(
        CreditStatements.reference(made), made.state(), Json.parse(made.json()));
  }

  /** Withdraws a statement; what rests on it is suspended until there is another one. */
  void withdraw(String assertionId, AssociationIssuer issuer) {
    assess(statements.withdraw(assertionId).principal(), issuer);
  }

  /**
   * Takes a new version of the rule into use, and ends the support of those before if asked to.
   *
   * @throws Refusal {@code duplicate_request} for a version that exists
   */
  MappingPolicy change(
      String version, int sharePercent, boolean retireOthers, AssociationIssuer issuer) {
    if (!version.matches("[0-9]{1,3}\\.[0-9]{1,3}")) {
      throw FieldChecks.invalid("version", "such as 1.1", version);
    }
    if (sharePercent < 1 || sharePercent > 50) {
      throw FieldChecks.invalid("share_percent", "1 to 50", String.valueOf(sharePercent));
    }
    var before = rules();
    boolean added =
        world.inTransaction(
            () -> {
              store.add(FIRST_RULE);
              boolean isNew = store.add(new Rule(version, sharePercent, true, world.now()));
              if (isNew && retireOthers) {
                before.forEach(rule -> store.retire(rule.version()));
              }
              return isNew;
            });
    if (!added) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this version of the rule exists")
          .at("version")
          .observed(version);
    }
    world.principals().dids().forEach(principal -> assess(principal, issuer));
    return new MappingPolicy(RULE, version);
  }

  /** Ends the support of a version without a new one, as an outage of the rule would. */
  void retire(String version) {
    world
        .transactions()
        .executeWithoutResult(
            () -> {
              store.add(FIRST_RULE);
              store.retire(version);
            });
  }

  /** Suspends first, then has the issuer compare (ACT CRD-8). */
  private void assess(Did principal, AssociationIssuer issuer) {
    issuer.inForce(principal).forEach(this::suspend);
    issuer.assess(principal, current(principal));
  }

  private void suspend(String credentialId) {
    var id = world.ids().next("CO");
    var order =
        new AssociationStatusChange(
            id,
            credentialId,
            AssociationState.SUSPENDED,
            AssociationStatus.ASSESSMENT,
            world.did().value(),
            world.now(),
            new AntiReplay(null, "order-" + id),
            new CreditProof(CreditProjection.ALGORITHM, null, ""));
    var signed = CreditProjection.REQUEST.prove((ObjectNode) Json.tree(order), world.signer());
    var target =
        URI.create(
            world.addresses().issuer()
                + "/v1/association-credentials/"
                + credentialId
                + "/suspensions");
    if (!(client.post(target, signed) instanceof ParticipantAnswer.Done)) {
      // The verifier asks about the statement each time, so a lost order leaves no false PASS.
      world.note(JournalEvent.ASSOCIATION_ORDER_NOT_TOLD, Map.of("credential_id", credentialId));
    }
  }
}
