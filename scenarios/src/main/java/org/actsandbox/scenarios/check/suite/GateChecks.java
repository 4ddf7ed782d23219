package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.GATE;
import static org.actsandbox.scenarios.check.model.CheckLevel.SHOP;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import tools.jackson.databind.JsonNode;

/** Checks the answer 402 and its bill (A402-1 to A402-5, A402-11). */
final class GateChecks {

  private static final List<String> BASE_FIELDS =
      List.of(
          "method_id",
          "out_trade_no",
          "amount",
          "currency",
          "resource_id",
          "pay_before",
          "seller_unique_id",
          "signer_id",
          "signature_content",
          "signature_type");

  static final List<MerchantCheck> ALL =
      List.of(
          must(CheckContext.ASKS, GATE, "A402-1.a")
              .says(
                  "Requests the paid resource without a proof.",
                  "402 with its header is how an agent learns that and what to pay.",
                  "Answer 402 with the header Payment-Needed.")
              .asserts("A402-TEST-002")
              .playedBy("bill-that-cannot-be-read")
              .runs(context -> context.billHeader(context.ask(purchase(context)))),
          must(CheckContext.READABLE, GATE, "A402-2.a", "A402-2.b")
              .says(
                  "Decodes Payment-Needed.",
                  "A bill that cannot be read is not paid.",
                  "Send base64url without padding of UTF-8 JSON with protocol and method.")
              .needs(CheckContext.ASKS)
              .playedBy("bill-that-cannot-be-read")
              .runs(
                  context ->
                      context.decoded(
                          A402Headers.PAYMENT_NEEDED,
                          context.billHeader(context.ask(purchase(context))))),
          must("bill.base-fields", GATE, "A402-3.a")
              .says(
                  "Looks for the base fields in the protocol layer of the bill.",
                  "They mean the same in every method, and each is needed to pay or to compare.",
                  "Fill " + String.join(", ", BASE_FIELDS) + ".")
              .needs(CheckContext.READABLE)
              .runs(
                  context -> {
                    var bill = bill(context);
                    BASE_FIELDS.forEach(
                        field ->
                            context.require(
                                bill.has(field), CheckSentence.of("a field {0}", field), bill));
                  }),
          should("bill.amount-text", GATE, "A402-3.b")
              .says(
                  "Reads amount and currency of the bill.",
                  "Numbers lose cents between two programs, texts do not.",
                  "Write the amount as text such as \"12.50\" and an ISO 4217 currency.")
              .needs(CheckContext.READABLE)
              .runs(
                  context -> {
                    var amount = bill(context).path("amount");
                    context.require(
                        amount.isString()
                            && amount.stringValue().matches("(0|[1-9][0-9]*)([.][0-9]{1,18})?"),
                        "a decimal text",
                        amount);
                    context.require(
                        bill(context).path("currency").asString("").matches("[A-Z]{3}"),
                        "an ISO 4217 currency",
                        bill(context).path("currency"));
                  }),
          must("bill.seller", GATE, "A402-3.a")
              .says(
                  "Compares the seller of the bill with the merchant.",
                  "The money goes to the seller of the bill.",
                  "Write the merchant's DID into seller_unique_id.")
              .needs("bill.base-fields")
              .playedBy("look-alike-payee")
              .runs(
                  context ->
                      context.requireSame(
                          "seller_unique_id",
                          context.target().did(),
                          bill(context).path("seller_unique_id").asString(""))),
          must("bill.signature", GATE, "A402-3.a")
              .says(
                  "Verifies the seller's signature under the bill.",
                  "The payment service refuses a bill that its payee did not sign.",
                  "Sign the RFC 8785 form of the protocol layer without signature_content.")
              .needs("bill.base-fields")
              .playedBy("wrong-signature-of-a-bill")
              .runs(GateChecks::signature),
          must("bill.method-layer", GATE, "A402-2.c")
              .says(
                  "Verifies that the method layer is signed and belongs to this bill.",
                  "Otherwise the layers of two bills can be combined, or the money led elsewhere.",
                  "Sign the method layer with bill_digest, psp_id, endpoint and"
                      + " method_schema_url in it.")
              .needs("bill.signature")
              .playedBy("two-bills-mixed-up")
              .runs(GateChecks::methodLayer),
          must("bill.same-meaning", GATE, "A402-2.c")
              .says(
                  "Looks for base fields in the method layer that say something else.",
                  "Fields of the method never change the meaning of base fields.",
                  "Leave base fields out of the method layer.")
              .needs(CheckContext.READABLE)
              .runs(
                  context -> {
                    var needed = context.billed(purchase(context)).needed();
                    for (var field : List.of("amount", "currency", "out_trade_no", "resource_id")) {
                      var said = needed.path("method").path(field);
                      context.require(
                          said.isMissingNode() || said.equals(needed.path("protocol").path(field)),
                          CheckSentence.of("no other {0} in the method layer", field),
                          said);
                    }
                  }),
          must("bill.payable-until", GATE, "A402-3.a")
              .says(
                  "Reads until when the bill can be paid.",
                  "A bill that is over when it is made can never be paid.",
                  "Set pay_before to a time in the future, in UTC.")
              .needs("bill.base-fields")
              .playedBy("bill-expired")
              .runs(GateChecks::payableUntil),
          should("bill.fingerprint", GATE, "A402-5.a")
              .says(
                  "Computes the fingerprint of the request and compares it with the bill's.",
                  "It ties bill and proof to one request.",
                  "Digest method, target, content type and body as docs/method.md says.")
              .needs(CheckContext.READABLE)
              .playedBy("proof-for-another-request")
              .runs(GateChecks::fingerprint),
          should("bill.fingerprint-credentials", GATE, "A402-5.a")
              .says(
                  "Requests the same with other credentials and cookies.",
                  "A fingerprint of credentials changes with every key rotation.",
                  "Leave credentials, cookies and hop-by-hop headers out of the fingerprint.")
              .needs("bill.fingerprint")
              .runs(
                  context -> {
                    var purchase = context.billed(purchase(context));
                    var headers = new HashMap<>(purchase.headers());
                    headers.put("Cookie", "visit=2");
                    headers.put("Accept", "*/*");
                    var other =
                        context.decoded(
                            A402Headers.PAYMENT_NEEDED,
                            context.billHeader(
                                context.send(
                                    purchase.method(),
                                    purchase.resource(),
                                    headers,
                                    purchase.body())));
                    context.requireSame(
                        "request_fingerprint",
                        purchase.bill().path("request_fingerprint").asString(""),
                        other.at("/protocol/request_fingerprint").asString(""));
                  }),
          should("bill.fingerprint-target", GATE, "A402-5.a")
              .says(
                  "Requests the resource with a query that the first request did not have.",
                  "Another target is another request, and needs another bill.",
                  "Keep path and query in the fingerprint.")
              .needs("bill.fingerprint")
              .playedBy("proof-for-another-request")
              .runs(
                  context -> {
                    var purchase = context.billed(purchase(context));
                    var reply =
                        context.send(
                            purchase.method(),
                            URI.create(withQuery(purchase.resource())),
                            purchase.headers(),
                            purchase.body());
                    if (reply.status() != 402) {
                      context.require(
                          reply.status() >= 400, "a bill of its own or a refusal", reply);
                      return;
                    }
                    var other =
                        context.decoded(A402Headers.PAYMENT_NEEDED, context.billHeader(reply));
                    context.require(
                        !other
                            .at("/protocol/request_fingerprint")
                            .equals(purchase.bill().path("request_fingerprint")),
                        "another fingerprint for another target",
                        CheckSentence.of("the same"));
                  }),
          should("bill.not-rewritten", GATE, "A402-11")
              .says(
                  "Requests the resource twice and compares the bills.",
                  "A bill that changes under its number cannot be compared with what was paid.",
                  "Answer the same request with the same bill, or a bill of another number.")
              .needs(CheckContext.READABLE)
              .runs(
                  context -> {
                    var purchase = context.billed(purchase(context));
                    var again =
                        context
                            .decoded(
                                A402Headers.PAYMENT_NEEDED,
                                context.billHeader(context.ask(purchase)))
                            .path("protocol");
                    if (again.path("out_trade_no").equals(purchase.bill().path("out_trade_no"))) {
                      for (var field : List.of("amount", "currency", "resource_id")) {
                        context.requireSame(
                            field,
                            purchase.bill().path(field).asString(""),
                            again.path(field).asString(""));
                      }
                    }
                  }),
          should("bill.schema", GATE, "A402-4")
              .says(
                  "Validates the decoded bill against the published schema.",
                  "Other people's programs validate it, too.",
                  "Fill the members that the schema requires, and no others in protocol.")
              .needs(CheckContext.READABLE)
              .runs(
                  context ->
                      WireSchemas.require(
                          context, "needed", context.billed(purchase(context)).needed())),
          must(CheckContext.PAYABLE, GATE, "A402-3.a")
              .says(
                  "Pays the bill at the payment service.",
                  "The payment service compares signature, payee, amount and time once more.",
                  "Mend what the payment service names; it refuses with the field.")
              .needs("bill.seller", "bill.signature", "bill.payable-until")
              .playedBy("to-the-cent")
              .runs(context -> context.requested(purchase(context))),
          must("bill.payment-service", SHOP, "CID-5.c")
              .says(
                  "Compares payment service and endpoint of the bill with the declared ones.",
                  "A bill that leads elsewhere than the declaration must not be paid.",
                  "Write psp_id and endpoint of the declared method into the method layer.")
              .needs("capability.readable", CheckContext.READABLE)
              .runs(GateChecks::paymentService));

  private GateChecks() {}

  /** The purchase whose bill is looked at from all sides; it is not paid by these checks. */
  static CheckPurchase purchase(CheckContext context) {
    return context.once("billed", () -> context.purchases().begin());
  }

  private static JsonNode bill(CheckContext context) {
    return context.billed(purchase(context)).bill();
  }

  private static String withQuery(URI resource) {
    return resource + (resource.getRawQuery() == null ? "?" : "&") + "act_check=1";
  }

  private static void signature(CheckContext context) {
    var bill = bill(context);
    try {
      var signer = SignedJson.verify(bill, context.world().keys(context.target().did()));
      context.requireSame("signer", context.target().did(), signer.value());
    } catch (Refusal refused) {
      throw CheckEnd.deviates(
          CheckSentence.of(
              "a signature of {0} over the {1} bytes of the RFC 8785 form",
              context.target().did(), SignedJson.signedBytes(bill).length),
          String.valueOf(refused.getMessage()));
    }
  }

  private static void methodLayer(CheckContext context) {
    var needed = context.billed(purchase(context)).needed();
    for (var field : List.of("psp_id", "endpoint", "method_schema_url")) {
      context.require(
          needed.path("method").path(field).isString(),
          CheckSentence.of("a field {0}", field),
          needed.path("method"));
    }
    try {
      var signer = MethodLayer.verify(needed, context.world().keys(context.target().did()));
      context.requireSame("signer", context.target().did(), signer.value());
    } catch (Refusal refused) {
      throw CheckEnd.deviates(
          "a method layer signed by the seller with the digest of this bill",
          String.valueOf(refused.getMessage()));
    }
  }

  private static void payableUntil(CheckContext context) {
    var said = bill(context).path("pay_before").asString("");
    try {
      context.require(
          Instant.parse(said).isAfter(context.world().now()),
          CheckSentence.of("a pay_before after {0}", context.world().now()),
          said);
    } catch (DateTimeParseException notTime) {
      throw CheckEnd.deviates("pay_before as a time in UTC", said);
    }
  }

  private static void fingerprint(CheckContext context) {
    var purchase = context.billed(purchase(context));
    context.requireSame(
        "request_fingerprint",
        RequestFingerprint.of(
            purchase.method(), purchase.resource(), purchase.contentType(), purchase.body()),
        purchase.bill().path("request_fingerprint").asString(""));
  }

  private static void paymentService(CheckContext context) {
    var method = context.billed(purchase(context)).needed().path("method");
    var node = context.card().path("capabilities").path("act:payment:negotiation");
    if (!node.path("mode").asString("").equals("one-way")) {
      throw CheckEnd.notApplicable("it negotiates two-way");
    }
    var declared =
        context
            .send(
                "GET",
                context.resolve(node.path("capability_url").asString()),
                Map.of(),
                new byte[0])
            .json();
    var known =
        declared
            .path("supported_methods")
            .valueStream()
            .flatMap(each -> each.path("psps").valueStream())
            .anyMatch(
                psp ->
                    psp.path("psp_id").equals(method.path("psp_id"))
                        && psp.path("endpoint").equals(method.path("endpoint")));
    context.require(known, "a declared payment service with its endpoint", method);
  }
}
