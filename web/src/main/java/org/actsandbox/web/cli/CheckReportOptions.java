package org.actsandbox.web.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.report.CheckBadge;
import org.actsandbox.scenarios.check.report.CheckHtml;
import org.actsandbox.scenarios.check.report.CheckJson;
import org.actsandbox.scenarios.check.report.CheckJunit;
import org.actsandbox.scenarios.check.report.CheckSarif;
import org.actsandbox.scenarios.check.report.CheckText;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Holds the options that say where the report of a check goes, and writes it there. */
final class CheckReportOptions {

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML")
  private @Nullable Path junit;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a report for people")
  private @Nullable Path html;

  @Option(
      names = "--html-lang",
      paramLabel = "LANG",
      description = "Language of the report for people: en or zh",
      defaultValue = "en")
  private String htmlLang = "en";

  @Option(names = "--sarif", paramLabel = "FILE", description = "Write SARIF 2.1.0")
  private @Nullable Path sarif;

  @Option(names = "--badge", paramLabel = "FILE", description = "Write a badge (SVG)")
  private @Nullable Path badge;

  @Option(
      names = "--last",
      paramLabel = "FILE",
      description = "JSON of the last run: says what was fixed since, then holds this run")
  private @Nullable Path last;

  void requireWritable() {
    if (!htmlLang.equals("en") && !htmlLang.equals("zh")) {
      throw new ServerStartFailure("--html-lang has to be en or zh, was " + htmlLang, null);
    }
    ReportFiles.requireWritable("--junit", junit);
    ReportFiles.requireWritable("--html", html);
    ReportFiles.requireWritable("--sarif", sarif);
    ReportFiles.requireWritable("--badge", badge);
    ReportFiles.requireWritable("--last", last);
  }

  /** Returns the ids of the checks that deviated in the last run. */
  Set<String> deviatedBefore() throws IOException {
    return last == null || !Files.exists(last) || Files.size(last) == 0
        ? Set.of()
        : CheckJson.deviated(CheckJson.read(Files.readAllBytes(last)));
  }

  void print(CheckResult result) {
    if (result.verdict() != CheckVerdict.NOT_APPLICABLE) {
      forPeople().println(CheckText.line(result));
    }
  }

  void write(CheckReport report) throws IOException {
    for (var result : report.findings()) {
      forPeople().println("\n" + CheckText.finding(result));
    }
    forPeople().println("\n" + CheckText.summary(report));
    if (json) {
      System.out.println(Json.write(CheckJson.of(report)));
    }
    if (junit != null) {
      CheckJunit.write(junit, report);
    }
    write(html, CheckHtml.of(report, htmlLang));
    write(sarif, Json.write(CheckSarif.of(report)));
    write(badge, CheckBadge.of(report));
    write(last, Json.write(CheckJson.of(report)));
  }

  /** Keeps standard output for the JSON object where that is asked for. */
  private PrintStream forPeople() {
    return json ? System.err : System.out;
  }

  private static void write(@Nullable Path file, String content) throws IOException {
    if (file != null) {
      Files.writeString(file, content);
    }
  }
}
