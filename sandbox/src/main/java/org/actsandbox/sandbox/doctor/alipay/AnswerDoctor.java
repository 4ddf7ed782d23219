package org.actsandbox.sandbox.doctor.alipay;

import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.ANSWER_ALTERED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.CLIENT_PLATFORM_KEY_WRONG;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.alipay.response.SdkCut;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.JsonStyle;
import org.actsandbox.sandbox.doctor.act.JsonVariants;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Examines an answer of the gateway: it is cut as each SDK cuts it, and each cut is verified
 * (AIP-109, AIP-110, AIP-271).
 */
public final class AnswerDoctor {

  private static final Pattern ROOT = Pattern.compile("\"([a-z0-9_]+_response)\"\\s*:");
  private static final Pattern SIGN = Pattern.compile("\"sign\"\\s*:\\s*\"([^\"]*)\"");

  /** What the SDK for Java says if an answer does not verify (AIP-96), and others like it. */
  private static final Pattern COMPLAINT =
      Pattern.compile(
          "check Sign and Data Fail|sign check fail|CHECK_SIGN|CHECK_ALIPAY_PUBLIC_KEY"
              + "|验签失败|response sign verify failed|check sign fail",
          Pattern.CASE_INSENSITIVE);

  /** Stands in diagnoses for what was examined. */
  static final String SUBJECT = "answer";

  private AnswerDoctor() {}

  /** Returns whether a text is an answer of the gateway. */
  public static boolean isAnswer(String text) {
    return ROOT.matcher(text).find();
  }

  /** Returns whether a text is what an SDK says of an answer that does not verify (AIP-233). */
  public static boolean isComplaint(String text) {
    return COMPLAINT.matcher(text).find();
  }

  /** Returns what an SDK's complaint means: the request was right, the client's key is not. */
  public static Diagnosis ofComplaint(String text) {
    boolean own = text.contains("CHECK_ALIPAY_PUBLIC_KEY");
    return new Diagnosis(
        "sdk_message",
        "",
        Diagnosis.Outcome.NOT_SEPARABLE,
        List.of(
            new NamedCause(
                CLIENT_PLATFORM_KEY_WRONG, own ? "the public key of your own application" : ""),
            new NamedCause(ANSWER_ALTERED, "")),
        AlipayParties.PLATFORM,
        null,
        null,
        null,
        null,
        null,
        "java",
        0,
        true);
  }

  /** Examines an answer as the client received it. */
  public static Diagnosis examine(String answer, AlipayParties parties) {
    var root = ROOT.matcher(answer);
    var rootName = root.find() ? root.group(1) : "";
    var sign = sign(answer);
    var cuts = new ArrayList<Cut>();
    for (var sdk : List.of(SdkCut.JAVA, SdkCut.DOTNET, SdkCut.NODE, SdkCut.PYTHON, SdkCut.PHP)) {
      sdk.signedPart(answer, rootName)
          .ifPresent(part -> cuts.add(new Cut(sdk.name().toLowerCase(Locale.ROOT), part)));
    }
    var keys =
        parties.keys("").stream()
            .sorted(Comparator.comparing(key -> key.owner().equals(AlipayParties.PLATFORM) ? 0 : 1))
            .toList();
    var widest = cuts.isEmpty() ? answer : cuts.getFirst().part();
    var failing = failing(answer, rootName, cuts, sign, parties);
    return RsaSignatureDoctor.examine(
        new RsaCase(
            SUBJECT,
            rootName,
            AlipayParties.PLATFORM,
            sign,
            "SHA-256",
            keys,
            widest.getBytes(StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            () -> candidates(widest, cuts),
            key ->
                key.owner().equals(AlipayParties.PLATFORM)
                    ? List.of()
                    : List.of(new NamedCause(CLIENT_PLATFORM_KEY_WRONG, key.id())),
            failing,
            false,
            ""));
  }

  /** Is what one SDK verifies of the answer. */
  private record Cut(String sdk, String part) {}

  private static String sign(String answer) {
    var sign = SIGN.matcher(answer);
    var last = "";
    while (sign.find()) {
      last = sign.group(1);
    }
    return last.replace("\\/", "/");
  }

  /** Returns the SDKs that find no signed part, or another one than the others. */
  private static List<NamedCause> failing(
      String answer, String rootName, List<Cut> cuts, String sign, AlipayParties parties) {
    var right = cuts.isEmpty() ? "" : cuts.getFirst().part();
    var names = new ArrayList<String>();
    for (var sdk : List.of(SdkCut.JAVA, SdkCut.DOTNET, SdkCut.NODE, SdkCut.PYTHON, SdkCut.PHP)) {
      var name = sdk.name().toLowerCase(Locale.ROOT);
      Optional<String> part = sdk.signedPart(answer, rootName);
      if (part.isEmpty() || !part.get().equals(right)) {
        names.add(name);
      }
    }
    return names.isEmpty() || sign.isEmpty() || parties.platform() == null
        ? List.of()
        : List.of(new NamedCause(ANSWER_ALTERED, String.join(", ", names)));
  }

  private static Stream<TextCandidate> candidates(String part, List<Cut> cuts) {
    var found = new ArrayList<TextCandidate>();
    cuts.forEach(cut -> found.add(TextCandidate.of(ANSWER_ALTERED, cut.sdk(), cut.part())));
    for (var charset : List.of(Charset.forName("GBK"), StandardCharsets.ISO_8859_1)) {
      found.add(
          new TextCandidate(ANSWER_ALTERED, "charset " + charset.name(), part.getBytes(charset)));
    }
    found.add(TextCandidate.of(ANSWER_ALTERED, "slashes", part.replace("\\/", "/")));
    found.add(
        TextCandidate.of(ANSWER_ALTERED, "slashes", part.replace("\\/", "/").replace("/", "\\/")));
    try {
      var tree = Json.parse(part);
      var arrived = JsonStyle.CANONICAL.in(JsonStyle.Order.ARRIVED);
      for (var style :
          List.of(
              arrived,
              arrived.withNumbersAsWritten(),
              JsonStyle.CANONICAL,
              arrived.indented("  "),
              arrived.separated(": ", ", "),
              arrived.with(JsonStyle.Escapes.NON_ASCII_LOWER),
              arrived.with(JsonStyle.Escapes.SLASHES))) {
        found.add(TextCandidate.of(ANSWER_ALTERED, "written anew", style.write(tree)));
      }
      if (tree instanceof ObjectNode object) {
        new JsonVariants(object)
            .all()
            .forEach(
                variant ->
                    found.add(
                        new TextCandidate(
                            ANSWER_ALTERED,
                            (variant.cause().code() + " " + variant.detail()).strip(),
                            variant.bytes())));
        gatewayOrders(object)
            .forEach(text -> found.add(TextCandidate.of(ANSWER_ALTERED, "order", text)));
      }
    } catch (JacksonException notJson) {
      // An answer that is no JSON any more has only its cuts as candidates.
      return found.stream();
    }
    return found.stream();
  }

  /**
   * Returns the members with code and msg first, which is the order in which the gateway writes.
   */
  private static List<String> gatewayOrders(ObjectNode object) {
    var first = Json.object();
    for (var name : List.of("code", "msg", "sub_code", "sub_msg")) {
      var value = object.get(name);
      if (value != null) {
        first.set(name, value);
      }
    }
    object.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(member -> first.set(member.getKey(), member.getValue()));
    return List.of(JsonStyle.CANONICAL.in(JsonStyle.Order.ARRIVED).write(first));
  }
}
