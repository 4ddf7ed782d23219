package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.APP_WITHOUT_KEY;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BILL_AMOUNT_FORM;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BILL_FIELDS;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BILL_NAMES;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BILL_OTHER_TEXT;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BILL_SERVICE_ID;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BILL_TIME_FORM;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.FORMER_KEY;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.KEY_OF_OTHER_APP;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SELLER_NOT_OWNER;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.JsonStyle;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import tools.jackson.databind.node.ObjectNode;

/** Examines {@code seller_signature}, which covers eight fields of a bill (AIP-144). */
public final class BillDoctor {

  private static final List<String> SIGNED =
      List.of(
          "amount",
          "currency",
          "goods_name",
          "out_trade_no",
          "pay_before",
          "resource_id",
          "seller_id",
          "service_id");

  /** Fields of the bill that the signature does not cover (AIP-145). */
  private static final List<String> NOT_SIGNED =
      List.of(
          "seller_name",
          "seller_app_id",
          "seller_unique_id",
          "seller_unique_id_key",
          "seller_sign_type");

  /** Values that demos and templates have as a service, where no own one was entered (AIP-2). */
  private static final List<String> PLACEHOLDERS =
      List.of("", AlipayBill.SANDBOX_SERVICE, "service_ai_content_001", "<SERVICE_ID>");

  private static final List<String> TIME_FORMS =
      List.of(
          "uuuu-MM-dd'T'HH:mm:ssXXX",
          "uuuu-MM-dd'T'HH:mm:ss.SSSXXX",
          "uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSXXX",
          "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX",
          "uuuu-MM-dd'T'HH:mm:ssxx",
          "uuuu-MM-dd'T'HH:mmXXX",
          "uuuu-MM-dd'T'HH:mm:ss",
          "uuuu-MM-dd HH:mm:ss");

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final ObjectNode bill;
  private final String path;
  private final String header;
  private final AlipayParties parties;
  private final Map<String, String> fields;

  private BillDoctor(ObjectNode bill, String path, String header, AlipayParties parties) {
    this.bill = bill;
    this.path = path;
    this.header = header;
    this.parties = parties;
    this.fields = fields(bill);
  }

  /** Returns whether an object is a bill of this profile. */
  public static boolean isBill(ObjectNode object) {
    return object.path("protocol").has("seller_signature")
        || object.path("protocol").has("sellerSignature");
  }

  /**
   * Examines a bill.
   *
   * @param bill the decoded header, or what the buyer posts to the cashier, in camelCase (AIP-178)
   * @param header the header's text if there is one, which a program may have signed; else empty
   */
  public static Diagnosis examine(
      ObjectNode bill, String path, String header, AlipayParties parties) {
    return new BillDoctor(bill, path, header, parties).examine();
  }

  private static Map<String, String> fields(ObjectNode bill) {
    var fields = new LinkedHashMap<String, String>();
    for (var layer : List.of("protocol", "method")) {
      for (var member : bill.path(layer).properties()) {
        var value = member.getValue();
        if (value.isString() || value.isNumber()) {
          fields.put(snakeCase(member.getKey()), value.asString(""));
        }
      }
    }
    return fields;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String camelCase(String name) {
    var parts = name.split("_", -1);
    var text = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      text.append(Character.toUpperCase(parts[i].charAt(0))).append(parts[i].substring(1));
    }
    return text.toString();
  }

  private Diagnosis examine() {
    var appId = fields.getOrDefault("seller_app_id", "");
    var right = SigningInput.of(signed(fields), UTF_8);
    var app = parties.app(appId);
    var owner = app.map(AlipayParties.App::seller).orElse("");
    boolean isOwner = owner.isEmpty() || owner.equals(fields.getOrDefault("seller_id", ""));
    var noKey = app.isPresent() && app.get().key() == null;
    return RsaSignatureDoctor.examine(
        new RsaCase(
            "bill",
            path,
            appId,
            fields.getOrDefault("seller_signature", ""),
            "SHA-256",
            parties.keys(appId),
            right.bytes(),
            UTF_8,
            () -> candidates(right),
            key -> noKey ? List.of(new NamedCause(APP_WITHOUT_KEY, appId)) : keyCauses(key, appId),
            isOwner ? List.of() : List.of(new NamedCause(SELLER_NOT_OWNER, owner)),
            true,
            ""));
  }

  private List<NamedCause> keyCauses(KnownKey key, String appId) {
    if (key.id().equals(appId)) {
      return List.of();
    }
    return List.of(
        key.owner().equals(appId)
            ? new NamedCause(FORMER_KEY, key.id())
            : new NamedCause(KEY_OF_OTHER_APP, key.owner()));
  }

  private static Map<String, String> signed(Map<String, String> fields) {
    var signed = new LinkedHashMap<String, String>();
    for (var name : SIGNED) {
      var value = fields.getOrDefault(name, "");
      if (!value.isEmpty()) {
        signed.put(name, value);
      }
    }
    return signed;
  }

  private Stream<TextCandidate> candidates(SigningInput right) {
    return Stream.of(
            amounts(right),
            times(right),
            services(right),
            names(right),
            fieldSets(right),
            otherTexts(),
            new SigningFaults(right, right.parameters(), parties).all().map(BillDoctor::candidate))
        .flatMap(each -> each);
  }

  private static TextCandidate candidate(SigningFault fault) {
    return new TextCandidate(fault.cause(), fault.detail(), fault.input().bytes());
  }

  private static TextCandidate candidate(SignatureCause cause, String detail, SigningInput input) {
    return new TextCandidate(cause, detail, input.bytes());
  }

  private static Stream<TextCandidate> amounts(SigningInput right) {
    BigDecimal amount;
    try {
      amount = new BigDecimal(right.parameters().getOrDefault("amount", ""));
    } catch (NumberFormatException noNumber) {
      return Stream.empty();
    }
    var plain = amount.signum() == 0 ? amount : amount.stripTrailingZeros();
    return Stream.concat(
            Stream.of(plain.toPlainString(), plain.multiply(HUNDRED).toBigInteger().toString()),
            Stream.of(1, 2, 3)
                .filter(scale -> scale >= plain.scale())
                .map(scale -> plain.setScale(scale, RoundingMode.UNNECESSARY).toPlainString()))
        .map(text -> candidate(BILL_AMOUNT_FORM, text, right.with("amount", text)));
  }

  private static Stream<TextCandidate> times(SigningInput right) {
    OffsetDateTime time;
    try {
      time = OffsetDateTime.parse(right.parameters().getOrDefault("pay_before", ""));
    } catch (DateTimeException otherForm) {
      return Stream.empty();
    }
    return Stream.of(
            time.withOffsetSameInstant(ZoneOffset.ofHours(8)),
            time.withOffsetSameInstant(ZoneOffset.UTC),
            time)
        .flatMap(
            moment ->
                Stream.concat(
                    TIME_FORMS.stream()
                        .map(form -> moment.format(DateTimeFormatter.ofPattern(form))),
                    Stream.of(
                        moment.toString(),
                        moment.toInstant().toString(),
                        String.valueOf(moment.toInstant().toEpochMilli()))))
        .map(text -> candidate(BILL_TIME_FORM, text, right.with("pay_before", text)));
  }

  private Stream<TextCandidate> services(SigningInput right) {
    return Stream.concat(PLACEHOLDERS.stream(), parties.services().stream())
        .flatMap(
            service ->
                service.isEmpty()
                    ? Stream.of(
                        candidate(BILL_SERVICE_ID, "empty", right.without("service_id")),
                        candidate(BILL_SERVICE_ID, "empty", right.with("service_id", "")))
                    : Stream.of(
                        candidate(BILL_SERVICE_ID, service, right.with("service_id", service))));
  }

  private static Stream<TextCandidate> names(SigningInput right) {
    var sellerRenamed = new LinkedHashMap<>(right.parameters());
    var seller = sellerRenamed.remove("seller_id");
    sellerRenamed.put("seller_unique_id", seller == null ? "" : seller);
    var camel = new LinkedHashMap<String, String>();
    right.parameters().forEach((name, value) -> camel.put(camelCase(name), value));
    return Stream.of(
        candidate(BILL_NAMES, "seller_unique_id", right.with(sellerRenamed)),
        candidate(BILL_NAMES, "camelCase", right.with(camel)));
  }

  /** Returns the texts with up to two fields less and any of the others more (AIP-262). */
  private Stream<TextCandidate> fieldSets(SigningInput right) {
    var extra = NOT_SIGNED.stream().filter(fields::containsKey).toList();
    var found = new ArrayList<TextCandidate>();
    for (int less = -1; less < SIGNED.size(); less++) {
      for (int lessToo = -1; lessToo <= less; lessToo++) {
        for (int more = 0; more < 1 << extra.size(); more++) {
          var parameters = new LinkedHashMap<>(right.parameters());
          var detail = new ArrayList<String>();
          remove(parameters, less, detail);
          if (lessToo != less) {
            remove(parameters, lessToo, detail);
          }
          for (int i = 0; i < extra.size(); i++) {
            if ((more >> i & 1) == 1) {
              parameters.put(extra.get(i), fields.getOrDefault(extra.get(i), ""));
              detail.add("+" + extra.get(i));
            }
          }
          found.add(candidate(BILL_FIELDS, String.join(" ", detail), right.with(parameters)));
        }
      }
    }
    return found.stream();
  }

  private static void remove(Map<String, String> parameters, int index, List<String> detail) {
    if (index >= 0 && parameters.remove(SIGNED.get(index)) != null) {
      detail.add("-" + SIGNED.get(index));
    }
  }

  private Stream<TextCandidate> otherTexts() {
    var found = new ArrayList<TextCandidate>();
    var unsigned = bill.deepCopy();
    for (var name : List.of("seller_signature", "sellerSignature")) {
      if (unsigned.get("protocol") instanceof ObjectNode protocol) {
        protocol.remove(name);
      }
    }
    for (var tree : List.of(unsigned.path("protocol"), unsigned.path("method"), unsigned)) {
      for (var order : List.of(JsonStyle.Order.ARRIVED, JsonStyle.Order.SORTED)) {
        var text = JsonStyle.CANONICAL.in(order).write(tree);
        found.add(TextCandidate.of(BILL_OTHER_TEXT, "JSON", text));
        found.add(
            TextCandidate.of(
                BILL_OTHER_TEXT,
                "Base64",
                Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8))));
        found.add(
            TextCandidate.of(
                BILL_OTHER_TEXT,
                "Base64",
                Base64.getEncoder().encodeToString(text.getBytes(UTF_8))));
      }
    }
    found.add(TextCandidate.of(BILL_OTHER_TEXT, "header", header));
    found.add(TextCandidate.of(BILL_OTHER_TEXT, "JSON", Json.write(unsigned)));
    return found.stream();
  }
}
