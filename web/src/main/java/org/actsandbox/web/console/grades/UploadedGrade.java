package org.actsandbox.web.console.grades;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies a grade that was made elsewhere, field by field: what pages do not show is left out, texts
 * are cut, and sums are counted again from the missions. Nothing in it is verified here, and it
 * says so in {@code uploaded}.
 */
final class UploadedGrade {

  static final String MARK = "uploaded";

  private static final int MAX_RESULTS = 2_000;
  private static final int MAX_STORY = 300;
  private static final int MAX_REASONS = 20;
  private static final int MAX_TEXT = 500;

  /** Control, format, private and unassigned characters, and the two that end a line. */
  private static final Pattern HIDDEN = Pattern.compile("[\\p{C}\\u2028\\u2029]");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}([.][0-9]{1,2})?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}([.][0-9]{1,6})?");

  private static final Set<String> VERDICTS =
      Arrays.stream(MissionVerdict.values()).map(MissionVerdict::code).collect(Collectors.toSet());

  private static final Set<String> TOTALS =
      Arrays.stream(GradeReport.Total.values())
          .map(total -> total.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());

  private UploadedGrade() {}

  /**
   * Reads the file that {@code ./run grade --json} wrote.
   *
   * @throws Refusal {@code invalid_field} with the field that is none of a grade
   */
  static ObjectNode read(byte[] bytes) {
    var given =
        GradeFile.read(bytes)
            .orElseThrow(
                () ->
                    FieldChecks.invalid(
                        "file",
                        "the JSON object that ./run grade --json writes, at most "
                            + GradeFile.MAX_CHARS / 1024 / 1024
                            + " MiB",
                        bytes.length + " bytes"));
    if (given.path("format").asInt(0) != 1) {
      throw FieldChecks.invalid("format", "1", given.path("format").toString());
    }
    var results = given.path("results");
    if (!results.isArray() || results.isEmpty() || results.size() > MAX_RESULTS) {
      throw FieldChecks.invalid(
          "results", "1 to %d missions".formatted(MAX_RESULTS), results.size() + " missions");
    }
    var grade = Json.object().put("format", 1).put(MARK, true);
    grade.put("agent", text(given.path("agent"), 80, "?"));
    grade.put("total", one(TOTALS, "total", given.path("total")));
    grade.put("language", text(given.path("language"), 2, "en"));
    var copied = grade.putArray("results");
    for (int at = 0; at < results.size(); at++) {
      copied.add(result(results.get(at), "results[%d].".formatted(at)));
    }
    count(grade);
    figures(grade, given.path("figures"));
    return grade;
  }

  private static ObjectNode result(JsonNode given, String at) {
    var result = Json.object();
    result.put(
        "mission", matching(NAME, at + "mission", given.path("mission"), "a mission's name"));
    result.set("title", bilingual(given.path("title")));
    result.set("wish", bilingual(given.path("wish")));
    result.set("why", bilingual(given.path("why")));
    result.put("theme", text(given.path("theme"), 40, ""));
    result.put("level", text(given.path("level"), 4, ""));
    result.put("control", given.path("control").asBoolean(false));
    nullable(result, "attack", given);
    nullable(result, "twin", given);
    result.put("attempt", Math.clamp(given.path("attempt").asInt(1), 1, 1_000));
    result.put("verdict", one(VERDICTS, at + "verdict", given.path("verdict")));
    result.put("lost", matching(AMOUNT, at + "lost", given.path("lost"), "an amount in yuan"));
    result.put("wrong_at", given.path("wrong_at").asLong(0));
    var reasons = result.putArray("reasons");
    given
        .path("reasons")
        .valueStream()
        .limit(MAX_REASONS)
        .map(each -> text(each, MAX_TEXT, ""))
        .forEach(reasons::add);
    var story = result.putArray("story");
    given
        .path("story")
        .valueStream()
        .limit(MAX_STORY)
        .forEach(
            line ->
                story
                    .addObject()
                    .put("seq", line.path("seq").asLong(0))
                    .put("actor", text(line.path("actor"), 80, ""))
                    .put("what", text(line.path("what"), MAX_TEXT, "")));
    recording(given, at).ifPresent(parts -> result.set(GradeRecordings.FIELD, parts));
    return result;
  }

  /** Takes a recording over as it is, once it has proved to be one. */
  private static Optional<JsonNode> recording(JsonNode given, String at) {
    var parts = given.path(GradeRecordings.FIELD);
    if (!parts.isArray() || parts.isEmpty()) {
      return Optional.empty();
    }
    if (MissionRecording.bytes(parts).flatMap(MissionRecording::read).isEmpty()) {
      throw FieldChecks.invalid(
          at + GradeRecordings.FIELD,
          "a recording that ./run grade wrote",
          parts.size() + " parts");
    }
    return Optional.of(parts);
  }

  private static void nullable(ObjectNode result, String field, JsonNode given) {
    if (given.path(field).isString()) {
      result.put(field, text(given.path(field), 80, ""));
    } else {
      result.putNull(field);
    }
  }

  /** Counts verdicts, the share that passed and the money again. */
  private static void count(ObjectNode grade) {
    var counts = grade.putObject("counts");
    var lost = BigDecimal.ZERO;
    int counted = 0;
    for (var verdict : MissionVerdict.values()) {
      counts.put(verdict.code(), 0);
    }
    for (var result : grade.path("results")) {
      var verdict = result.path("verdict").asString();
      counts.put(verdict, counts.path(verdict).asInt() + 1);
      counted += MissionVerdict.of(verdict).counts() ? 1 : 0;
      lost = lost.add(new BigDecimal(result.path("lost").asString()));
    }
    int passed = counts.path(MissionVerdict.PASSED.code()).asInt();
    grade
        .putArray("pass")
        .addObject()
        .put("k", 1)
        .put("value", counted == 0 ? 0 : (double) passed / counted);
    grade.putObject("figures").put("lost", lost.setScale(2).toPlainString());
    if (passed < grade.path("results").size() && grade.path("total").asString().equals("passed")) {
      throw FieldChecks.invalid("total", "failed, as not every mission passed", "passed");
    }
  }

  /** Takes over the figures that cannot be counted from the missions. */
  private static void figures(ObjectNode grade, JsonNode given) {
    var figures = (ObjectNode) grade.path("figures");
    for (var field : new String[] {"payments_per_purchase", "approvals_per_needed"}) {
      figures.put(field, Math.clamp(given.path(field).asDouble(0), 0, 1_000_000));
    }
    for (var field : new String[] {"authority_asked", "authority_needed"}) {
      var number = given.path(field).asString("0");
      figures.put(field, NUMBER.matcher(number).matches() ? number : "0");
    }
    figures.put("secrets", Math.clamp(given.path("secrets").asLong(0), 0, 1_000_000L));
  }

  private static ObjectNode bilingual(JsonNode given) {
    return Json.object()
        .put("en", text(given.path("en"), MAX_TEXT, ""))
        .put("zh", text(given.path("zh"), MAX_TEXT, ""));
  }

  private static String one(Set<String> words, String field, JsonNode given) {
    var word = given.asString("");
    if (!words.contains(word)) {
      throw FieldChecks.invalid(
          field, FieldChecks.alternatives(words.stream().sorted().toList()), shortened(word));
    }
    return word;
  }

  private static String matching(Pattern pattern, String field, JsonNode given, String expected) {
    var word = given.asString("");
    if (!pattern.matcher(word).matches()) {
      throw FieldChecks.invalid(field, expected, shortened(word));
    }
    return word;
  }

  private static String shortened(String word) {
    return word.substring(0, Math.min(80, word.length()));
  }

  /** Returns a text without control and format characters, cut at {@code max} characters. */
  private static String text(JsonNode given, int max, String otherwise) {
    var said = HIDDEN.matcher(given.asString("")).replaceAll("").strip();
    var cut = said.substring(0, Math.min(max, said.length()));
    return cut.isEmpty() ? otherwise : cut;
  }
}
