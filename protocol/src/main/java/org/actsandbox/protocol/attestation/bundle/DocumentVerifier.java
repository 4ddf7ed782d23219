package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleBuilder.*;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.bundle.BundleReport.PaperLine;
import org.actsandbox.protocol.attestation.bundle.BundleReport.Standing;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Verifies each document of a purchase: its author signed it with a key that was valid then, a
 * record attests it if one must, and it agrees with the records.
 */
final class DocumentVerifier {

  /**
   * Ours: a document is signed a moment after the time that it names, and the key may change in
   * between.
   */
  private static final Duration LEEWAY = Duration.ofSeconds(10);

  /** Lists why a verifier does not accept a query; it keeps no record of such a query. */
  private static final Set<String> UNREAD =
      Set.of("INVALID_REQUEST", "REQUEST_PROOF_INVALID", "REQUEST_EXPIRED", "REPLAY_DETECTED");

  private final SealedFiles files;
  private final KeyPeriods keys;
  private final String orderNo;
  private final BundlePurchase purchase;
  private final List<PaperLine> lines = new ArrayList<>();
  private @Nullable InvalidBundleException firstDefect;

  private DocumentVerifier(SealedFiles files, BundlePurchase purchase) {
    this.files = files;
    this.keys = files.keys();
    this.orderNo = files.manifest().orderNo();
    this.purchase = purchase;
  }

  /**
   * The results of all documents.
   *
   * @param firstDefect the defect of the first document that fails or is missing; null if there is
   *     none
   */
  record Result(List<PaperLine> lines, @Nullable InvalidBundleException firstDefect) {}

  static Result verify(SealedFiles files, BundlePurchase purchase) {
    var verifier = new DocumentVerifier(files, purchase);
    verifier.checkAll();
    return new Result(List.copyOf(verifier.lines), verifier.firstDefect);
  }

  /** Returns the file names of the documents that the purchase must have. */
  static List<String> names(BundlePurchase purchase) {
    var names = new ArrayList<String>();
    if (purchase.cart() != null) {
      names.add(ORDER);
    }
    if (purchase.asksCredit()) {
      names.add(CREDIT);
    }
    if (purchase.delegationId() != null && !purchase.trades().isEmpty()) {
      names.addAll(List.of(CREDENTIAL, AUTHORITY));
    }
    for (var trade : purchase.trades()) {
      names.addAll(
          List.of(
              trade.documentName(BILL), trade.documentName(APPROVAL), trade.documentName(PROOF)));
      if (!trade.isByDelegation()) {
        names.add(trade.documentName(SHOWN));
      }
      if (trade.fulfilment() != null) {
        names.add(trade.documentName(CONFIRMATION));
      }
    }
    return names;
  }

  private void checkAll() {
    var cart = purchase.cart();
    if (cart != null) {
      check(ORDER, () -> order(cart));
      if (purchase.asksCredit() && (files.has(CREDIT) || !isCreditRefusedUnread())) {
        check(CREDIT, () -> credit(cart));
      }
    }
    if (purchase.delegationId() != null && !purchase.trades().isEmpty()) {
      check(CREDENTIAL, this::credential);
      check(AUTHORITY, this::authority);
    }
    for (var trade : purchase.trades()) {
      check(trade.documentName(BILL), trade.documentName(PROOF), () -> bill(trade));
      check(
          trade.documentName(APPROVAL),
          () -> trade.isByDelegation() ? reliance(trade) : approval(trade));
      if (!trade.isByDelegation()) {
        check(trade.documentName(SHOWN), trade.documentName(APPROVAL), () -> shown(trade));
      }
      check(trade.documentName(PROOF), () -> proof(trade));
      var fulfilment = trade.fulfilment();
      if (fulfilment != null) {
        check(trade.documentName(CONFIRMATION), () -> confirmation(trade, fulfilment));
      }
    }
  }

  private interface Check {

    /** Returns the key that signed the document; empty if another document has its digest. */
    Optional<VerificationKey> run() throws InvalidBundleException;
  }

  private void check(String name, Check check) {
    check(name, name, check);
  }

  /**
   * @param source the signed document that has the digest of this one if it has no signature
   */
  private void check(String name, String source, Check check) {
    try {
      requireDocument(name);
      lines.add(
          check
              .run()
              .map(key -> PaperLine.signed(name, key))
              .orElseGet(
                  () -> new PaperLine(name, Standing.FOLLOWS, null, null, source, null, null)));
    } catch (InvalidBundleException failed) {
      firstDefect = firstDefect == null ? failed : firstDefect;
      lines.add(
          new PaperLine(
              name,
              failed.code().equals("paper_missing") ? Standing.MISSING : Standing.FAILED,
              null,
              null,
              null,
              failed.code(),
              failed.detail()));
    }
  }

  private Optional<VerificationKey> order(OffChainRecord cart) throws InvalidBundleException {
    var order = json(ORDER);
    var merchant = cart.participants().getFirst().participantId();
    requireEqual(ORDER, "merchant_did", merchant.value(), order.path("merchant_did"));
    requireEqual(ORDER, "order_no", orderNo, order.path("order_no"));
    requireSamePurchase(ORDER, order);
    for (var field : List.of("total", "currency", "kind", "hold_until")) {
      requireEqual(ORDER, field, cart.eventBody().path(field).asString(""), order.path(field));
    }
    requireTime(ORDER, order, "confirmed_at", cart.businessTime());
    requireAttested(ORDER, cart, "order_digest", orderDigest());
    return Optional.of(
        requireSigned(ORDER, order, merchant, cart.businessTime(), cart.businessTime()));
  }

  /** Tells whether the verifier did not accept the query, so that it keeps no record of it. */
  private boolean isCreditRefusedUnread() {
    try {
      return UNREAD.contains(json(ORDER).at("/deposit/reason_code").asString(""));
    } catch (InvalidBundleException missing) {
      // The order's own line says so.
      return false;
    }
  }

  /**
   * Checks the verifier's receipt: it must be about this merchant's query of this buyer's agent,
   * and a deposit is lowered by a PASS alone (ACT CRD-8, CRD-10).
   */
  private Optional<VerificationKey> credit(OffChainRecord cart) throws InvalidBundleException {
    var receipt = json(CREDIT);
    var deposit = json(ORDER).path("deposit");
    var merchant = cart.participants().getFirst().participantId();
    requireEqual(CREDIT, "relying_party_id", merchant.value(), receipt.path("relying_party_id"));
    requireEqual(
        CREDIT,
        "agent_id",
        cart.participants().getLast().participantId().value(),
        receipt.path("agent_id"));
    requireEqual(
        CREDIT,
        "verification_record_id",
        text(cart, "credit_record_id"),
        receipt.path("verification_record_id"));
    requireEqual(CREDIT, "result", text(cart, "credit_result"), receipt.path("result"));
    requireEqual(
        CREDIT, "request_id", deposit.path("query_id").asString(""), receipt.path("request_id"));
    requireEqual(
        ORDER,
        "deposit.verification_record_id",
        text(cart, "credit_record_id"),
        deposit.path("verification_record_id"));
    requireEqual(ORDER, "deposit.result", text(cart, "credit_result"), deposit.path("result"));
    requireEqual(
        CREDIT,
        "reason_code",
        deposit.path("reason_code").asString(""),
        receipt.path("reason_code"));
    if (!receipt.path("result").asString("").equals("PASS")) {
      requireEqual(ORDER, "deposit.decision", "TAKEN", deposit.path("decision"));
    }
    // The merchant was answered while it confirmed the cart.
    var at = cart.businessTime();
    return Optional.of(
        requireSigned(CREDIT, receipt, new Did(text(cart, "credit_verifier")), at, at));
  }

  private void requireSamePurchase(String name, JsonNode document) throws InvalidBundleException {
    requireEqual(name, "intent_id", purchase.intentId(), document.path("intent_id"));
    requireEqual(
        name,
        "delegation_id",
        Objects.requireNonNullElse(purchase.delegationId(), ""),
        document.path("delegation_id"));
  }

  private String orderDigest() throws InvalidBundleException {
    return RequestFingerprint.digest(CanonicalJson.bytes(json(ORDER)));
  }

  /**
   * A bill does not say when it was made, so its key must be valid at some time between cart and
   * payment.
   */
  private Optional<VerificationKey> bill(BundlePurchase.Trade trade) throws InvalidBundleException {
    var name = trade.documentName(BILL);
    var bill = json(name);
    if (AlipayFormBill.isOne(bill)) {
      requireBilled(name, trade, new AlipayFormBill(bill));
      return Optional.empty();
    }
    requireEqual(name, "seller_unique_id", trade.merchant().value(), bill.path("seller_unique_id"));
    requireEqual(name, "out_trade_no", orderNo, bill.path("out_trade_no"));
    requireEqual(name, "amount", text(trade.paid(), "amount"), bill.path("amount"));
    requireEqual(name, "currency", text(trade.paid(), "currency"), bill.path("currency"));
    if (bill.has("buyer_unique_id")) {
      requireEqual(name, "buyer_unique_id", trade.agent().value(), bill.path("buyer_unique_id"));
    }
    var cart = purchase.cart();
    if (cart != null) {
      requireEqual(name, "amount", text(cart, "total"), bill.path("amount"));
      requireEqual(
          name,
          "commerce_confirmation.confirmation_digest",
          orderDigest(),
          bill.at("/commerce_confirmation/confirmation_digest"));
      requireEqual(
          name,
          "resource_id",
          json(ORDER).path("resource_id").asString(""),
          bill.path("resource_id"));
    }
    var paidAt = trade.paid().businessTime();
    return Optional.of(
        requireSigned(
            name,
            bill,
            trade.merchant(),
            cart == null ? paidAt.minus(Duration.ofDays(1)) : cart.businessTime(),
            paidAt));
  }

  /** Requires that the bill says what the records do; the proof's check compares its digest. */
  private void requireBilled(String name, BundlePurchase.Trade trade, AlipayFormBill bill)
      throws InvalidBundleException {
    requireEqual(name, "out_trade_no", orderNo, bill.orderNo());
    var paid = text(trade.paid(), "amount");
    var currency = text(trade.paid(), "currency");
    try {
      if (Money.of(bill.amount(), currency).equals(Money.of(paid, currency))) {
        return;
      }
    } catch (IllegalArgumentException noAmount) {
      // A text that is no amount differs from the amount that was paid.
    }
    requireEqual(name, "amount", paid, bill.amount());
    throw new InvalidBundleException("paper_contradicts", name + " has no amount");
  }

  private void requireProven(String name, JsonNode bill, ProofClaims claims)
      throws InvalidBundleException {
    if (AlipayFormBill.isOne(bill)) {
      requireEqual(name, "request_method", AlipayFormBill.METHOD, claims.requestMethod());
      requireEqual(
          name,
          "request_fingerprint",
          new AlipayFormBill(bill).digest(),
          claims.requestFingerprint());
      return;
    }
    requireEqual(name, "resource_id", claims.resourceId(), bill.path("resource_id"));
    requireEqual(name, "request_method", claims.requestMethod(), bill.path("request_method"));
    requireEqual(
        name, "request_fingerprint", claims.requestFingerprint(), bill.path("request_fingerprint"));
  }

  /**
   * Checks the principal's approval, which the payment PIN released for exactly the shown content
   * (ACT PSD-3).
   */
  private Optional<VerificationKey> approval(BundlePurchase.Trade trade)
      throws InvalidBundleException {
    var name = trade.documentName(APPROVAL);
    var approval = json(name);
    requireAttested(name, trade.paid(), "approval_digest", digest(name));
    requireEqual(
        name, "trade_no", String.valueOf(trade.paid().tradeNo()), approval.path("trade_no"));
    requireEqual(name, "decision", "APPROVE", approval.path("decision"));
    var at = requireTime(name, approval, "approved_at", trade.paid().businessTime());
    return Optional.of(requireSigned(name, approval, trade.principal(), at, at));
  }

  private Optional<VerificationKey> shown(BundlePurchase.Trade trade)
      throws InvalidBundleException {
    var name = trade.documentName(SHOWN);
    var shown = json(name);
    var digest = RequestFingerprint.digest(CanonicalJson.bytes(shown));
    requireEqual(name, "digest", digest, json(trade.documentName(APPROVAL)).path("digest"));
    requireEqual(name, "trade_no", String.valueOf(trade.paid().tradeNo()), shown.path("trade_no"));
    requireEqual(name, "payee", trade.merchant().value(), shown.path("payee"));
    requireEqual(name, "amount", text(trade.paid(), "amount"), shown.path("amount"));
    requireEqual(name, "currency", text(trade.paid(), "currency"), shown.path("currency"));
    requireEqual(name, "merchant_order_no", orderNo, shown.path("merchant_order_no"));
    requireEqual(name, "agent_id", trade.agent().value(), shown.path("agent_id"));
    return Optional.empty();
  }

  /** Checks the statement of the delegation on which the payment service relied (ACT PSD-5). */
  private Optional<VerificationKey> reliance(BundlePurchase.Trade trade)
      throws InvalidBundleException {
    var name = trade.documentName(APPROVAL);
    var reliance = json(name);
    requireAttested(name, trade.paid(), "approval_digest", digest(name));
    requireEqual(
        name, "trade_no", String.valueOf(trade.paid().tradeNo()), reliance.path("trade_no"));
    requireEqual(name, "method", "delegation", reliance.path("method"));
    requireEqual(
        name,
        "delegation_id",
        String.valueOf(purchase.delegationId()),
        reliance.path("delegation_id"));
    requireEqual(name, "iac_digest", digest(CREDENTIAL), reliance.path("iac_digest"));
    var at = requireTime(name, reliance, "checked_at", trade.paid().businessTime());
    return Optional.of(requireSigned(name, reliance, trade.psp(), at, at));
  }

  private Optional<VerificationKey> proof(BundlePurchase.Trade trade)
      throws InvalidBundleException {
    var name = trade.documentName(PROOF);
    requireAttested(name, trade.paid(), "proof_digest", digest(name));
    var at = trade.paid().businessTime();
    var signing = new Signing(keys, at, at);
    ProofClaims claims;
    try {
      claims = ProofCodec.decode(utf8(name), signing);
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("paper_not_signed", name + ": " + notSigned.detail());
    }
    var bill = json(trade.documentName(BILL));
    requireEqual(name, "iss", trade.psp().value(), claims.iss());
    requireEqual(name, "sub", trade.agent().value(), claims.sub());
    requireEqual(name, "aud", trade.merchant().value(), claims.aud());
    requireEqual(name, "issued_at", at.toString(), claims.issuedAt().toString());
    requireEqual(name, "trade_no", String.valueOf(trade.paid().tradeNo()), claims.tradeNo());
    requireEqual(name, "out_trade_no", orderNo, claims.outTradeNo());
    requireEqual(name, "amount", text(trade.paid(), "amount"), claims.amount());
    requireEqual(name, "currency", text(trade.paid(), "currency"), claims.currency());
    requireProven(name, bill, claims);
    requireEqual(
        name,
        "approval_digest",
        claims.approvalDigest(),
        trade.isByDelegation()
            ? json(trade.documentName(APPROVAL)).path("iac_digest")
            : json(trade.documentName(APPROVAL)).path("digest"));
    if (claims.intentId() != null) {
      requireEqual(name, "intent_id", purchase.intentId(), claims.intentId());
    }
    requireEqual(
        name,
        "delegation_id",
        String.valueOf(purchase.delegationId()),
        String.valueOf(claims.delegationId()));
    return Optional.of(signing.used());
  }

  /** Checks the credential, which must be one that the delegation service attests it issued. */
  private Optional<VerificationKey> credential() throws InvalidBundleException {
    var issued = issued();
    requireAttested(CREDENTIAL, issued, "iac_digest", digest(CREDENTIAL));
    var signing = new Signing(keys, issued.businessTime(), issued.businessTime());
    try {
      var iac = IacCodec.verify(utf8(CREDENTIAL), signing);
      var payload = iac.payload();
      requireEqual(
          CREDENTIAL, "issued", issued.businessTime().toString(), iac.issuedAt().toString());
      requireEqual(CREDENTIAL, "delegation_id", purchase.delegationId(), payload.delegationId());
      if (payload.intentId() != null) {
        requireEqual(CREDENTIAL, "intent_id", purchase.intentId(), payload.intentId());
      }
      for (var trade : purchase.trades()) {
        requireEqual(CREDENTIAL, "issuer", trade.principal().value(), iac.issuer().value());
        requireEqual(CREDENTIAL, "agent_id", trade.agent().value(), payload.agentId());
      }
      requireEqual(
          CREDENTIAL,
          "controlProofRef",
          json(AUTHORITY).path("digest").asString(""),
          String.valueOf(iac.controlProofRef()));
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("paper_not_signed", CREDENTIAL + ": " + notSigned.detail());
    }
    return Optional.of(signing.used());
  }

  private Optional<VerificationKey> authority() throws InvalidBundleException {
    var authority = json(AUTHORITY);
    var issued = issued();
    requireAttested(AUTHORITY, issued, "approval_digest", digest(AUTHORITY));
    requireEqual(AUTHORITY, "decision", "APPROVE", authority.path("decision"));
    requireSamePurchase(AUTHORITY, authority);
    var at = requireTime(AUTHORITY, authority, "approved_at", issued.businessTime());
    var principal = purchase.trades().getFirst().principal();
    return Optional.of(requireSigned(AUTHORITY, authority, principal, at, at));
  }

  /**
   * Returns the record of the issued delegation. Without this record any credential of the
   * principal would be accepted.
   */
  private OffChainRecord issued() throws InvalidBundleException {
    var issued = purchase.issued();
    if (issued == null) {
      throw new InvalidBundleException(
          "delegation_not_attested",
          "no record attests that the delegation %s was issued".formatted(purchase.delegationId()));
    }
    var first = issued.participants().getFirst();
    for (var trade : purchase.trades()) {
      if (!trade.principal().equals(first.onBehalfOf())) {
        throw new InvalidBundleException(
            "paper_contradicts", "the delegation was issued for " + first.onBehalfOf());
      }
    }
    return issued;
  }

  private Optional<VerificationKey> confirmation(
      BundlePurchase.Trade trade, OffChainRecord fulfilment) throws InvalidBundleException {
    var name = trade.documentName(CONFIRMATION);
    var confirmation = json(name);
    requireEqual(
        name, "trade_no", String.valueOf(trade.paid().tradeNo()), confirmation.path("trade_no"));
    requireEqual(name, "out_trade_no", orderNo, confirmation.path("out_trade_no"));
    requireEqual(
        name,
        "resource_id",
        json(trade.documentName(BILL)).path("resource_id").asString(""),
        confirmation.path("resource_id"));
    requireEqual(
        name,
        "delivery_digest",
        text(fulfilment, "delivery_digest"),
        confirmation.path("delivery_digest"));
    if (!fulfilment.participants().getFirst().participantId().equals(trade.merchant())) {
      throw new InvalidBundleException("paper_contradicts", name + " is of another merchant");
    }
    var at = requireTime(name, confirmation, "delivered_at", fulfilment.businessTime());
    return Optional.of(requireSigned(name, confirmation, trade.merchant(), at, at));
  }

  /** Finds keys that were valid in a period, and remembers the key that was used. */
  private static final class Signing implements KeyDirectory {

    private final KeyPeriods keys;
    private final Instant from;
    private final Instant until;
    private @Nullable VerificationKey used;

    Signing(KeyPeriods keys, Instant from, Instant until) {
      this.keys = keys;
      this.from = from.minus(LEEWAY);
      this.until = until.plus(LEEWAY);
    }

    @Override
    public Optional<VerificationKey> find(String signerId) {
      var found = keys.findWithin(signerId, from, until);
      used = found.orElse(null);
      return found;
    }

    VerificationKey used() {
      return Objects.requireNonNull(used, "a verified paper names its key");
    }
  }

  private VerificationKey requireSigned(
      String name, JsonNode document, Did expected, Instant from, Instant until)
      throws InvalidBundleException {
    var signing = new Signing(keys, from, until);
    try {
      var signer = SignedJson.verify(document, signing);
      if (signer.equals(expected)) {
        return signing.used();
      }
      throw new InvalidBundleException(
          "paper_not_signed", "%s is signed by %s and not by %s".formatted(name, signer, expected));
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("paper_not_signed", name + ": " + notSigned.detail());
    }
  }

  private static void requireAttested(
      String name, OffChainRecord record, String field, String digest)
      throws InvalidBundleException {
    if (!text(record, field).equals(digest)) {
      throw new InvalidBundleException(
          "paper_not_attested",
          "the %s of record %s is not that of %s".formatted(field, record.recordId(), name));
    }
  }

  private static Instant requireTime(String name, JsonNode document, String field, Instant expected)
      throws InvalidBundleException {
    try {
      // The same moment may be written with or without a fraction of zeros.
      var at = Instant.parse(document.path(field).asString(""));
      if (!at.equals(expected)) {
        requireEqual(name, field, expected.toString(), document.path(field));
      }
      return at;
    } catch (DateTimeException unreadable) {
      throw new InvalidBundleException("paper_contradicts", name + " has no time in " + field);
    }
  }

  private static String text(OffChainRecord record, String field) {
    return record.eventBody().path(field).asString("");
  }

  private static void requireEqual(String name, String field, String expected, JsonNode observed)
      throws InvalidBundleException {
    requireEqual(name, field, expected, observed.asString(""));
  }

  private static void requireEqual(
      String name, String field, @Nullable String expected, @Nullable String observed)
      throws InvalidBundleException {
    if (!Objects.equals(expected, observed)) {
      throw new InvalidBundleException(
          "paper_contradicts",
          "%s: %s is %s, and by the records it is %s".formatted(name, field, observed, expected));
    }
  }

  private String digest(String name) throws InvalidBundleException {
    return RequestFingerprint.digest(file(name));
  }

  private String utf8(String name) throws InvalidBundleException {
    return new String(file(name), StandardCharsets.UTF_8);
  }

  private JsonNode json(String name) throws InvalidBundleException {
    requireDocument(name);
    return files.json(name);
  }

  private byte[] file(String name) throws InvalidBundleException {
    requireDocument(name);
    return files.file(name);
  }

  private void requireDocument(String name) throws InvalidBundleException {
    if (!files.has(name)) {
      throw new InvalidBundleException("paper_missing", "the purchase has a paper " + name);
    }
  }
}
