package org.actsandbox.web.check;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.check.report.CheckBadge;
import org.actsandbox.scenarios.check.report.CheckHtml;
import org.actsandbox.scenarios.check.report.CheckJson;
import org.actsandbox.scenarios.check.report.CheckJunit;
import org.actsandbox.scenarios.check.report.CheckSarif;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the files into which the report of a check is written. */
public enum ShopCheckReport {
  HTML("text/html;charset=utf-8", "html"),
  /** The same page in Chinese. */
  HTML_ZH("text/html;charset=utf-8", "zh.html"),
  JSON("application/json", "json"),
  JUNIT("application/xml;charset=utf-8", "xml"),
  SARIF("application/sarif+json", "sarif"),
  BADGE("image/svg+xml", "svg");

  private final String type;
  private final String extension;

  ShopCheckReport(String type, String extension) {
    this.type = type;
    this.extension = extension;
  }

  /** Answers the report as a file, so that no browser shows it at the console's origin. */
  public ResponseEntity<byte[]> download(JsonNode check, byte[] bytes) {
    var name =
        "act-check-%s-%s.%s"
            .formatted(
                check.path("merchant").asString(), check.path("level").asString(), extension);
    var disposition = ContentDisposition.attachment().filename(name).build();
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(type))
        .headers(headers -> headers.setContentDisposition(disposition))
        .body(bytes);
  }

  /** Returns the word in addresses, such as {@code junit}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the file with this word.
   *
   * @throws Refusal {@code not_found}
   */
  public static ShopCheckReport of(String code) {
    for (var file : values()) {
      if (file.code().equals(code)) {
        return file;
      }
    }
    throw new Refusal(Problem.NOT_FOUND, "a check has no such report")
        .at("format")
        .expected("html, html_zh, json, junit, sarif or badge")
        .observed(code);
  }

  /** Returns all files of a report by their words. */
  static ObjectNode all(CheckReport report) {
    return Json.object()
        .put(HTML.code(), CheckHtml.of(report))
        .put(HTML_ZH.code(), CheckHtml.of(report, "zh"))
        .put(JSON.code(), Json.write(CheckJson.of(report)))
        .put(JUNIT.code(), CheckJunit.of(report))
        .put(SARIF.code(), Json.write(CheckSarif.of(report)))
        .put(BADGE.code(), CheckBadge.of(report));
  }

  /**
   * Returns the bytes of this file.
   *
   * @throws Refusal {@code illegal_transition} for a check without a report
   */
  public byte[] bytes(JsonNode stored) {
    var text = stored.path("files").path(code());
    if (!text.isString()) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "this check has no report")
          .expected("a check that came to its end")
          .observed(stored.at("/view/state").asString("running"));
    }
    return text.asString().getBytes(StandardCharsets.UTF_8);
  }
}
