package org.actsandbox.sandbox.doctor.act;

import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.AGENT;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.REQUEST;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.SHOP;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.mistake;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.part;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.request;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.SignedRequestFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import tools.jackson.databind.node.ObjectNode;

/** Makes mistakes that concern more than one message: records, replays, times. */
final class OtherSignatureMistakes {

  private OtherSignatureMistakes() {}

  static Stream<Mistake> others() {
    var earlier = request(AGENT);
    var second = earlier.deepCopy().put("request_id", "req-2").put("merchant_order_no", "ORDER-8");
    second.put("amount", "99.00");
    return Stream.of(
        new Mistake(
            "an amount changed after the signature",
            SignatureCause.CHANGED_AFTER_SIGNING,
            () -> part(earlier.deepCopy().put("amount", "1.25")),
            List.of(part(earlier))),
        new Mistake(
            "the signature of an earlier message",
            SignatureCause.OTHER_MESSAGE,
            () -> part(second),
            List.of(part(earlier))),
        new Mistake(
            "the whole message signed in place of its signed part",
            SignatureCause.OUTER_MESSAGE_SIGNED,
            () -> {
              var bill = (ObjectNode) Json.parse(REQUEST);
              bill.put(SignedJson.SIGNER_ID, SHOP.signerId());
              bill.put(SignedJson.SIGNATURE_TYPE, SHOP.type().name());
              var outer = Json.object();
              outer.set("method", Json.object().put("method_id", "x"));
              outer.set("protocol", bill);
              var signature = SHOP.sign(CanonicalJson.bytes(outer));
              bill.put(SignedJson.SIGNATURE_CONTENT, Base64Url.encode(signature));
              return new SignedMessagePart("protocol", bill, outer);
            },
            List.of()),
        mistake(
            "a number that no double holds",
            SignatureCause.NO_CANONICAL_FORM,
            () ->
                ((ObjectNode) Json.parse("{\"n\":12345678901234567890}"))
                    .put(SignedJson.SIGNER_ID, AGENT.signerId())
                    .put(SignedJson.SIGNATURE_TYPE, AGENT.type().name())
                    .put(SignedJson.SIGNATURE_CONTENT, "AA")),
        mistake(
            "a clock that is ten minutes wrong",
            SignatureCause.CLOCK,
            () ->
                SignedJson.sign(
                    ((ObjectNode) Json.parse(REQUEST)).put("timestamp", "2026-08-25T02:10:00Z"),
                    AGENT)),
        record("the whole record signed", SignatureCause.OUTER_MESSAGE_SIGNED, r -> r),
        record(
            "only the body of the record signed",
            SignatureCause.INNER_PART_SIGNED,
            r -> (ObjectNode) r.path("event_body")));
  }

  static Mistake record(
      String name, SignatureCause cause, Function<ObjectNode, ObjectNode> signed) {
    return new Mistake(
        "record: " + name,
        cause,
        () -> {
          var record =
              (ObjectNode)
                  Json.parse(
                      """
                      {"record_id":"r1","business_time":"2026-08-25T02:00:00Z","salt":"c2FsdA",
                       "event_type":"x","event_body":{"amount":"12.50"},"participants":[],"signatures":[]}
                      """);
          var covered = record.without("signatures");
          var entry =
              Json.object()
                  .put("signer_id", SHOP.signerId())
                  .put("signature_type", "ED25519")
                  .put(
                      "signature_value",
                      Base64Url.encode(SHOP.sign(CanonicalJson.bytes(signed.apply(covered)))));
          return new SignedRecordPart("", record, entry);
        },
        List.of());
  }
}
