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
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Verifies each paper of a purchase: its author signed it with a key of its time, a record attests
 * it where one does, and it says what the records say.
 */
final class DocumentVerifier {

  /**
   * Ours: a paper is signed a moment after the time it names, and a key may be rotated in between.
   */
  private static final Duration LEEWAY = Duration.ofSeconds(10);

  private final SealedFiles files;
  private final KeyPeriods keys;
  private final String orderNo;
  private final BundlePurchase bundlePurchase;
  private final List<PaperLine> lines = new ArrayList<>();
  private @Nullable InvalidBundleException first;

  private DocumentVerifier(SealedFiles files, BundlePurchase bundlePurchase) {
    this.files = files;
    this.keys = files.keys();
    this.orderNo = files.manifest().orderNo();
    this.bundlePurchase = bundlePurchase;
  }

  /**
   * @param wrong of the first paper that fails or is missing; null if none does
   */
  record Result(List<PaperLine> lines, @Nullable InvalidBundleException wrong) {}

  static Result of(SealedFiles files, BundlePurchase bundlePurchase) {
    var check = new DocumentVerifier(files, bundlePurchase);
    check.all();
    return new Result(List.copyOf(check.lines), check.first);
  }

  /** The papers a purchase has, by their names. */
  static List<String> names(BundlePurchase bundlePurchase) {
    var names = new ArrayList<String>();
    if (bundlePurchase.cart() != null) {
      names.add(ORDER);
    }
    if (bundlePurchase.delegationId() != null && !bundlePurchase.trades().isEmpty()) {
      names.addAll(List.of(CREDENTIAL, AUTHORITY));
    }
    for (var trade : bundlePurchase.trades()) {
      names.addAll(List.of(trade.paper(BILL), trade.paper(APPROVAL), trade.paper(PROOF)));
      if (!trade.byDelegation()) {
        names.add(trade.paper(SHOWN));
      }
      if (trade.fulfilment() != null) {
        names.add(trade.paper(CONFIRMATION));
      }
    }
    return names;
  }

  private void all() {
    var cart = bundlePurchase.cart();
    if (cart != null) {
      check(ORDER, () -> order(cart));
    }
    if (bundlePurchase.delegationId() != null && !bundlePurchase.trades().isEmpty()) {
      check(CREDENTIAL, this::credential);
      check(AUTHORITY, this::authority);
    }
    for (var trade : bundlePurchase.trades()) {
      check(trade.paper(BILL), () -> bill(trade));
      check(trade.paper(APPROVAL), () -> trade.byDelegation() ? reliance(trade) : approval(trade));
      if (!trade.byDelegation()) {
        check(trade.paper(SHOWN), () -> shown(trade));
      }
      check(trade.paper(PROOF), () -> proof(trade));
      var fulfilment = trade.fulfilment();
      if (fulfilment != null) {
        check(trade.paper(CONFIRMATION), () -> confirmation(trade, fulfilment));
      }
    }
  }

  private interface Check {

    /** The key that signed it; empty for a paper that another one stands for. */
    Optional<VerificationKey> run() throws InvalidBundleException;
  }

  private void check(String name, Check check) {
    try {
      requirePaper(name);
      lines.add(
          check
              .run()
              .map(key -> PaperLine.signed(name, key))
              .orElseGet(
                  () ->
                      new PaperLine(
                          name,
                          Standing.FOLLOWS,
                          null,
                          null,
                          name.replace("shown", "approval"),
                          null,
                          null)));
    } catch (InvalidBundleException failed) {
      first = first == null ? failed : first;
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
    same(ORDER, "merchant_did", merchant.value(), order.path("merchant_did"));
    same(ORDER, "order_no", orderNo, order.path("order_no"));
    inFlow(ORDER, order);
    for (var field : List.of("total", "currency", "kind", "hold_until")) {
      same(ORDER, field, cart.eventBody().path(field).asString(""), order.path(field));
    }
    same(ORDER, "confirmed_at", cart.businessTime().toString(), order.path("confirmed_at"));
    attested(ORDER, cart, "order_digest", orderDigest());
    return Optional.of(signed(ORDER, order, merchant, cart.businessTime(), cart.businessTime()));
  }

  private void inFlow(String name, JsonNode paper) throws InvalidBundleException {
    same(name, "intent_id", bundlePurchase.intentId(), paper.path("intent_id"));
    same(
        name,
        "delegation_id",
        Objects.requireNonNullElse(bundlePurchase.delegationId(), ""),
        paper.path("delegation_id"));
  }

  private String orderDigest() throws InvalidBundleException {
    return RequestFingerprint.digest(CanonicalJson.bytes(json(ORDER)));
  }

  /** A bill says until when it can be paid and not when it was made: between cart and payment. */
  private Optional<VerificationKey> bill(BundlePurchase.Trade trade) throws InvalidBundleException {
    var name = trade.paper(BILL);
    var bill = json(name);
    same(name, "seller_unique_id", trade.merchant().value(), bill.path("seller_unique_id"));
    same(name, "out_trade_no", orderNo, bill.path("out_trade_no"));
    same(name, "amount", text(trade.paid(), "amount"), bill.path("amount"));
    same(name, "currency", text(trade.paid(), "currency"), bill.path("currency"));
    if (bill.has("buyer_unique_id")) {
      same(name, "buyer_unique_id", trade.agent().value(), bill.path("buyer_unique_id"));
    }
    var cart = bundlePurchase.cart();
    if (cart != null) {
      same(name, "amount", text(cart, "total"), bill.path("amount"));
      same(
          name,
          "commerce_confirmation.confirmation_digest",
          orderDigest(),
          bill.at("/commerce_confirmation/confirmation_digest"));
      same(
          name,
          "resource_id",
          json(ORDER).path("resource_id").asString(""),
          bill.path("resource_id"));
    }
    var paidAt = trade.paid().businessTime();
    return Optional.of(
        signed(
            name,
            bill,
            trade.merchant(),
            cart == null ? paidAt.minus(Duration.ofDays(1)) : cart.businessTime(),
            paidAt));
  }

  /** The principal's own, released by the payment PIN over exactly what was shown (ACT PSD-3). */
  private Optional<VerificationKey> approval(BundlePurchase.Trade trade)
      throws InvalidBundleException {
    var name = trade.paper(APPROVAL);
    var approval = json(name);
    attested(name, trade.paid(), "approval_digest", digest(name));
    same(name, "trade_no", String.valueOf(trade.paid().tradeNo()), approval.path("trade_no"));
    same(name, "decision", "APPROVE", approval.path("decision"));
    var at = moment(name, approval, "approved_at", trade.paid().businessTime());
    return Optional.of(signed(name, approval, trade.principal(), at, at));
  }

  private Optional<VerificationKey> shown(BundlePurchase.Trade trade)
      throws InvalidBundleException {
    var name = trade.paper(SHOWN);
    var shown = json(name);
    var digest = RequestFingerprint.digest(CanonicalJson.bytes(shown));
    same(name, "digest", digest, json(trade.paper(APPROVAL)).path("digest"));
    same(name, "trade_no", String.valueOf(trade.paid().tradeNo()), shown.path("trade_no"));
    same(name, "payee", trade.merchant().value(), shown.path("payee"));
    same(name, "amount", text(trade.paid(), "amount"), shown.path("amount"));
    same(name, "currency", text(trade.paid(), "currency"), shown.path("currency"));
    same(name, "merchant_order_no", orderNo, shown.path("merchant_order_no"));
    same(name, "agent_id", trade.agent().value(), shown.path("agent_id"));
    return Optional.empty();
  }

  /** What the payment service relied on instead of an approval (ACT PSD-5). */
  private Optional<VerificationKey> reliance(BundlePurchase.Trade trade)
      throws InvalidBundleException {
    var name = trade.paper(APPROVAL);
    var reliance = json(name);
    attested(name, trade.paid(), "approval_digest", digest(name));
    same(name, "trade_no", String.valueOf(trade.paid().tradeNo()), reliance.path("trade_no"));
    same(name, "method", "delegation", reliance.path("method"));
    same(
        name,
        "delegation_id",
        String.valueOf(bundlePurchase.delegationId()),
        reliance.path("delegation_id"));
    same(name, "iac_digest", digest(CREDENTIAL), reliance.path("iac_digest"));
    var at = moment(name, reliance, "checked_at", trade.paid().businessTime());
    return Optional.of(signed(name, reliance, trade.psp(), at, at));
  }

  private Optional<VerificationKey> proof(BundlePurchase.Trade trade)
      throws InvalidBundleException {
    var name = trade.paper(PROOF);
    attested(name, trade.paid(), "proof_digest", digest(name));
    var at = trade.paid().businessTime();
    var signing = new Signing(keys, at, at);
    ProofClaims claims;
    try {
      claims = ProofCodec.decode(utf8(name), signing);
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("paper_not_signed", name + ": " + notSigned.detail());
    }
    var bill = json(trade.paper(BILL));
    same(name, "iss", trade.psp().value(), claims.iss());
    same(name, "sub", trade.agent().value(), claims.sub());
    same(name, "aud", trade.merchant().value(), claims.aud());
    same(name, "issued_at", at.toString(), claims.issuedAt().toString());
    same(name, "trade_no", String.valueOf(trade.paid().tradeNo()), claims.tradeNo());
    same(name, "out_trade_no", orderNo, claims.outTradeNo());
    same(name, "amount", text(trade.paid(), "amount"), claims.amount());
    same(name, "currency", text(trade.paid(), "currency"), claims.currency());
    same(name, "resource_id", claims.resourceId(), bill.path("resource_id"));
    same(name, "request_method", claims.requestMethod(), bill.path("request_method"));
    same(
        name, "request_fingerprint", claims.requestFingerprint(), bill.path("request_fingerprint"));
    same(
        name,
        "approval_digest",
        claims.approvalDigest(),
        trade.byDelegation()
            ? json(trade.paper(APPROVAL)).path("iac_digest")
            : json(trade.paper(APPROVAL)).path("digest"));
    if (claims.intentId() != null) {
      same(name, "intent_id", bundlePurchase.intentId(), claims.intentId());
    }
    same(
        name,
        "delegation_id",
        String.valueOf(bundlePurchase.delegationId()),
        String.valueOf(claims.delegationId()));
    return Optional.of(signing.used());
  }

  /** The principal's authority: a credential the delegation service attests it issued. */
  private Optional<VerificationKey> credential() throws InvalidBundleException {
    var issued = issued();
    attested(CREDENTIAL, issued, "iac_digest", digest(CREDENTIAL));
    var signing = new Signing(keys, issued.businessTime(), issued.businessTime());
    try {
      var iac = IacCodec.verify(utf8(CREDENTIAL), signing);
      var payload = iac.payload();
      same(CREDENTIAL, "issued", issued.businessTime().toString(), iac.issuedAt().toString());
      same(CREDENTIAL, "delegation_id", bundlePurchase.delegationId(), payload.delegationId());
      if (payload.intentId() != null) {
        same(CREDENTIAL, "intent_id", bundlePurchase.intentId(), payload.intentId());
      }
      for (var trade : bundlePurchase.trades()) {
        same(CREDENTIAL, "issuer", trade.principal().value(), iac.issuer().value());
        same(CREDENTIAL, "agent_id", trade.agent().value(), payload.agentId());
      }
      same(
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
    attested(AUTHORITY, issued, "approval_digest", digest(AUTHORITY));
    same(AUTHORITY, "decision", "APPROVE", authority.path("decision"));
    inFlow(AUTHORITY, authority);
    var at = moment(AUTHORITY, authority, "approved_at", issued.businessTime());
    var principal = bundlePurchase.trades().getFirst().principal();
    return Optional.of(signed(AUTHORITY, authority, principal, at, at));
  }

  /** Without it anybody's credential would do. */
  private OffChainRecord issued() throws InvalidBundleException {
    var issued = bundlePurchase.issued();
    if (issued == null) {
      throw new InvalidBundleException(
          "delegation_not_attested",
          "no record attests that the delegation %s was issued"
              .formatted(bundlePurchase.delegationId()));
    }
    var first = issued.participants().getFirst();
    for (var trade : bundlePurchase.trades()) {
      if (!trade.principal().equals(first.onBehalfOf())) {
        throw new InvalidBundleException(
            "paper_contradicts", "the delegation was issued for " + first.onBehalfOf());
      }
    }
    return issued;
  }

  private Optional<VerificationKey> confirmation(
      BundlePurchase.Trade trade, OffChainRecord fulfilment) throws InvalidBundleException {
    var name = trade.paper(CONFIRMATION);
    var confirmation = json(name);
    same(name, "trade_no", String.valueOf(trade.paid().tradeNo()), confirmation.path("trade_no"));
    same(name, "out_trade_no", orderNo, confirmation.path("out_trade_no"));
    same(
        name,
        "resource_id",
        json(trade.paper(BILL)).path("resource_id").asString(""),
        confirmation.path("resource_id"));
    same(
        name,
        "delivery_digest",
        text(fulfilment, "delivery_digest"),
        confirmation.path("delivery_digest"));
    if (!fulfilment.participants().getFirst().participantId().equals(trade.merchant())) {
      throw new InvalidBundleException("paper_contradicts", name + " is of another merchant");
    }
    var at = moment(name, confirmation, "delivered_at", fulfilment.businessTime());
    return Optional.of(signed(name, confirmation, trade.merchant(), at, at));
  }

  /** A directory of the keys of a time, which remembers the one it was asked for. */
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

  private VerificationKey signed(
      String name, JsonNode paper, Did expected, Instant from, Instant until)
      throws InvalidBundleException {
    var signing = new Signing(keys, from, until);
    try {
      var signer = SignedJson.verify(paper, signing);
      if (signer.equals(expected)) {
        return signing.used();
      }
      throw new InvalidBundleException(
          "paper_not_signed", "%s is signed by %s and not by %s".formatted(name, signer, expected));
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("paper_not_signed", name + ": " + notSigned.detail());
    }
  }

  private static void attested(String name, OffChainRecord record, String field, String digest)
      throws InvalidBundleException {
    if (!text(record, field).equals(digest)) {
      throw new InvalidBundleException(
          "paper_not_attested",
          "the %s of record %s is not that of %s".formatted(field, record.recordId(), name));
    }
  }

  private static Instant moment(String name, JsonNode paper, String field, Instant expected)
      throws InvalidBundleException {
    same(name, field, expected.toString(), paper.path(field));
    try {
      return Instant.parse(paper.path(field).asString(""));
    } catch (DateTimeException unreadable) {
      throw new InvalidBundleException("paper_contradicts", name + " has no time in " + field);
    }
  }

  private static String text(OffChainRecord record, String field) {
    return record.eventBody().path(field).asString("");
  }

  private static void same(String name, String field, String expected, JsonNode observed)
      throws InvalidBundleException {
    same(name, field, expected, observed.asString(""));
  }

  private static void same(
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
    requirePaper(name);
    return files.json(name);
  }

  private byte[] file(String name) throws InvalidBundleException {
    requirePaper(name);
    return files.file(name);
  }

  private void requirePaper(String name) throws InvalidBundleException {
    if (!files.has(name)) {
      throw new InvalidBundleException("paper_missing", "the purchase has a paper " + name);
    }
  }
}
