package org.actsandbox.web.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.web.console.rules.RuleCitation;
import org.actsandbox.web.console.rules.RuleCitations;

/** Reads the sources and finds the rules that they cite. */
final class RuleSources {

  /**
   * Matches {@code CID-8}, {@code CID-8.b} and {@code A402-1..4}; in Java also the constant {@code
   * CID_8}.
   */
  private static final Pattern CITED =
      Pattern.compile(
          "(?<![\\w-])(ADD|CID|PSD|A402|TSD|CRD)[-_](\\d+)(?:\\.\\.(\\d+)|\\.([a-z])(?!\\w))?(?![\\w-]*\\w)");

  private static final Pattern COMPONENT =
      Pattern.compile("(?<![\\w-])(?:ADD|CID|PSD|TSD)-(?!TEST-)[A-Z]{3,4}-[A-Z0-9]{2,5}(?![\\w-])");

  /** Matches a component's code in a string literal. */
  private static final Pattern LITERAL =
      Pattern.compile("\"(?:ADD|CID|PSD|TSD)-(?!TEST-)[A-Z]{3,4}-[A-Z0-9]{2,5}\"");

  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:(?:class|interface|record|enum) (\\w+)|void (\\w+)\\()");

  private static final Pattern COMMENT = Pattern.compile("\\s*(?:/\\*|\\*|//).*");

  /**
   * Matches code that does not keep the rules that it cites: tables of all rules, mutants, which
   * break one, and checks of merchants, which judge how others keep them.
   */
  private static final Pattern NO_CODE =
      Pattern.compile(
          ".*/protocol/rule/.*|.*/operation/Operation\\.java|.*/refusal/Problem\\.java"
              + "|.*/sandbox/mutant/.*|.*/console/rules/.*|.*/scenarios/check/.*");

  private static final Pattern TEXT =
      Pattern.compile(".*\\.(?:java|sql|html|properties|json|yaml|md|mjs|js|css)");

  private final List<Source> sources;

  /**
   * Is a source file.
   *
   * @param path path from the root, with slashes
   */
  record Source(String path, List<String> lines) {}

  private RuleSources(List<Source> sources) {
    this.sources = sources;
  }

  /** Reads all files below the root that people write: code, tests, scenarios and documents. */
  static RuleSources below(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return new RuleSources(
          files
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .filter(RuleSources::isSource)
              .sorted()
              .map(path -> new Source(path, read(root.resolve(path))))
              .toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static RuleSources of(Source... sources) {
    return new RuleSources(List.of(sources));
  }

  private static boolean isSource(String path) {
    return TEXT.matcher(path).matches()
        && (path.contains("/src/")
            || path.startsWith("docs/")
            || path.startsWith("scenarios/pack/"))
        && !path.contains("/target/")
        && !path.equals(RulesDocument.PAGE)
        && !path.contains("/test/java/org/actsandbox/web/rules/");
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the places that keep and check rules. */
  RuleCitations citations() {
    var found = new TreeSet<RuleCitation>();
    for (var source : sources) {
      kind(source.path).ifPresent(kind -> addCitations(source, kind, found));
    }
    return new RuleCitations(found);
  }

  private static Optional<RuleCitation.Kind> kind(String path) {
    boolean code = path.endsWith(".java") || path.endsWith(".sql");
    if (path.startsWith("scenarios/pack/")) {
      return Optional.of(RuleCitation.Kind.SCENARIO);
    }
    if (code && path.contains("/src/test/")) {
      return Optional.of(RuleCitation.Kind.TEST);
    }
    return code && path.contains("/src/main/") && !NO_CODE.matcher(path).matches()
        ? Optional.of(RuleCitation.Kind.CODE)
        : Optional.empty();
  }

  private static void addCitations(Source source, RuleCitation.Kind kind, Set<RuleCitation> found) {
    for (int at = 0; at < source.lines.size(); at++) {
      var line = source.lines.get(at);
      // Only comments of a test cite the rules that it checks; its other text is what it expects.
      if (kind == RuleCitation.Kind.TEST && !COMMENT.matcher(line).matches()) {
        continue;
      }
      for (var cites : citedIn(line)) {
        if (ActRule.cited(cites).isPresent()) {
          found.add(new RuleCitation(cites, kind, source.path, name(source, kind, at)));
        }
      }
    }
  }

  /** Returns the file's name; for a test also the method that the line belongs to. */
  private static String name(Source source, RuleCitation.Kind kind, int at) {
    var file = source.path.substring(source.path.lastIndexOf('/') + 1);
    var plain = file.substring(0, file.lastIndexOf('.'));
    if (kind != RuleCitation.Kind.TEST) {
      return plain;
    }
    // A comment stands above the method that it is about, or inside it.
    var inside = source.lines.get(at).startsWith("    ");
    var around =
        inside
            ? source.lines.subList(0, at).reversed()
            : source.lines.subList(at, source.lines.size());
    for (var line : around) {
      var declared = DECLARED.matcher(line);
      if (declared.find()) {
        return declared.group(2) == null ? plain : plain + "." + declared.group(2);
      }
    }
    return plain;
  }

  static List<String> citedIn(String line) {
    var found = new ArrayList<String>();
    var match = CITED.matcher(line);
    while (match.find()) {
      int number = Integer.parseInt(match.group(2));
      if (match.group(3) != null) {
        IntStream.rangeClosed(number, Integer.parseInt(match.group(3)))
            .forEach(each -> found.add(match.group(1) + "-" + each));
      } else {
        var letter = match.group(4) == null ? "" : "." + match.group(4);
        found.add(match.group(1) + "-" + number + letter);
      }
    }
    return found;
  }

  /** Lists cited rules and components that do not exist, each with its file and line. */
  List<String> unknown() {
    var found = new ArrayList<String>();
    for (var source : sources) {
      for (int at = 0; at < source.lines.size(); at++) {
        var line = source.lines.get(at);
        var place = source.path + ":" + (at + 1) + ": ";
        citedIn(line).stream()
            .filter(cites -> ActRule.cited(cites).isEmpty())
            .forEach(cites -> found.add(place + "ACT 2.1 has no rule " + cites));
        COMPONENT
            .matcher(line)
            .results()
            .map(match -> match.group())
            .filter(code -> ActComponent.find(code).isEmpty())
            .forEach(code -> found.add(place + "ACT 2.1 has no component " + code));
      }
    }
    return found;
  }

  /** Lists component codes in string literals of main code, each with its file and line. */
  List<String> literals() {
    var found = new ArrayList<String>();
    for (var source : sources) {
      if (source.path.endsWith(".java") && source.path.contains("/src/main/")) {
        for (int at = 0; at < source.lines.size(); at++) {
          if (LITERAL.matcher(source.lines.get(at)).find()) {
            found.add(source.path + ":" + (at + 1));
          }
        }
      }
    }
    return found;
  }
}
