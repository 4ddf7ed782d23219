package org.actsandbox.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RuleGap;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.web.console.rules.RuleCitation;
import org.actsandbox.web.console.rules.RuleCitations;
import org.junit.jupiter.api.Test;

/**
 * Tests that sources cite only rules that exist, that every MUST is kept and checked, and that
 * docs/rules.md is up to date.
 */
class RulesDocumentTests {

  static final String COMMAND =
      "./test -pl web -am -Dtest=RulesDocumentTests -Dact.rules=write"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private static final Path ROOT = Path.of("..");
  private static final RuleSources SOURCES = RuleSources.below(ROOT);
  private static final RuleCitations CITATIONS = SOURCES.citations();

  @Test
  void onlyRulesAndComponentsThatExistAreCited() {
    assertThat(SOURCES.unknown()).isEmpty();
  }

  @Test
  void componentsAreConstantsInMainCode() {
    assertThat(SOURCES.literals()).isEmpty();
  }

  @Test
  void everyMustIsKeptByCodeAndCheckedOrIsAKnownGap() {
    assertThat(forgotten(CITATIONS))
        .as("cite the statement in code and in a test or scenario, or list it in RuleGap with why")
        .isEmpty();
  }

  private static List<String> forgotten(RuleCitations ruleCitations) {
    var found = new ArrayList<String>();
    for (var rule : ActRule.values()) {
      for (var statement : rule.statements()) {
        if (ruleCitations.isForgotten(rule, statement)) {
          found.add(rule.citation(statement) + ": " + statement.text("en"));
        }
      }
    }
    return found;
  }

  @Test
  void aKnownGapIsAMustAndStillOpen() {
    for (var gap : RuleGap.ALL) {
      var rule = ActRule.cited(gap.citation());
      assertThat(rule).as(gap.citation()).isPresent();
      assertThat(rule.orElseThrow().statements())
          .as(gap.citation() + " is a MUST")
          .anyMatch(
              each ->
                  each.level() == RuleLevel.MUST && isOf(gap, rule.orElseThrow().citation(each)));
      assertThat(rule.orElseThrow().statements())
          .filteredOn(each -> isOf(gap, rule.orElseThrow().citation(each)))
          .as(gap.citation() + " is covered now: remove it from RuleGap")
          .noneMatch(each -> CITATIONS.isCovered(rule.orElseThrow(), each));
    }
  }

  private static boolean isOf(RuleGap gap, String citation) {
    return RuleGap.of(citation).filter(gap::equals).isPresent();
  }

  @Test
  void thePageAndTheListMatchTheSources() throws IOException {
    compare(RulesDocument.PAGE, RulesDocument.of(CITATIONS));
    compare(RulesDocument.LIST, RulesDocument.list(CITATIONS));
    compare(CreditStatements.PAGE, CreditStatements.document(CITATIONS));
  }

  @Test
  void everyStatementOfTheCreditPartIsKeptAndCheckedOrSaysWhyNot() {
    assertThat(CreditStatements.all())
        .hasSizeGreaterThan(185)
        .allSatisfy(
            line -> {
              if (line.citation().isEmpty()) {
                assertThat(line.reason()).as("line " + line.number()).endsWith(".");
              } else {
                assertThat(CITATIONS.isCovered(line.rule(), line.statement()))
                    .as(line.citation() + " of line " + line.number() + ": " + line.fact())
                    .isTrue();
              }
            });
  }

  @Test
  void everyStatementOfTheCreditRulesIsNamedByOneOfTheStandard() {
    var named = CreditStatements.all().stream().map(CreditStatements.Line::citation).toList();
    for (var rule : ActRule.values()) {
      if (rule.number().startsWith("CRD-")) {
        assertThat(named).containsAll(rule.statements().stream().map(rule::citation).toList());
      }
    }
  }

  private static void compare(String path, String generated) throws IOException {
    var file = ROOT.resolve(path);
    if ("write".equals(System.getProperty("act.rules"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }
    assertThat(file).exists();
    assertThat(Files.readString(file))
        .as(path + " is older than the sources. Run:\n" + COMMAND)
        .isEqualTo(generated);
  }

  @Test
  void anUnknownNumberIsNamedWithFileAndLine() {
    var sources =
        RuleSources.of(
            new RuleSources.Source(
                "x/src/main/java/Checkout.java",
                List.of("/** Locks (ACT CID-8). */", "// CID-12, CID-8.z and PSD-PAY-ABC")));

    assertThat(sources.unknown())
        .containsExactly(
            "x/src/main/java/Checkout.java:2: ACT 2.1 has no rule CID-12",
            "x/src/main/java/Checkout.java:2: ACT 2.1 has no rule CID-8.z",
            "x/src/main/java/Checkout.java:2: ACT 2.1 has no component PSD-PAY-ABC");
  }

  @Test
  void aCodeAsTextIsFound() {
    assertThat(
            RuleSources.of(
                    new RuleSources.Source(
                        "x/src/main/java/Checkout.java", List.of("note(\"CID-CART-CFM\");")))
                .literals())
        .containsExactly("x/src/main/java/Checkout.java:1");
  }

  @Test
  void aMustWithoutCodeOrWithoutACheckIsForgotten() {
    var code = new RuleCitation("ADD-5", RuleCitation.Kind.CODE, "x/Signer.java", "Signer");
    var test =
        new RuleCitation("ADD-5", RuleCitation.Kind.TEST, "x/SignerTests.java", "SignerTests");

    assertThat(forgotten(new RuleCitations(List.of(code))))
        .anyMatch(each -> each.startsWith("ADD-5:"));
    assertThat(forgotten(new RuleCitations(List.of(test))))
        .anyMatch(each -> each.startsWith("ADD-5:"));
    assertThat(forgotten(new RuleCitations(List.of(code, test))))
        .noneMatch(each -> each.startsWith("ADD-5:"));
  }

  @Test
  void aCitationIsReadWithItsLetterItsRangeAndAsAConstant() {
    assertThat(RuleSources.citedIn("ACT CID-8.b, CID-8. Then A402-1..3; ActRule.PSD_4, ACT-CID-9"))
        .containsExactly("CID-8.b", "CID-8", "A402-1", "A402-2", "A402-3", "PSD-4");
  }

  @Test
  void everyRuleHasASentenceInBothLanguagesAndEachComponentHasARule() {
    for (var rule : ActRule.values()) {
      assertThat(rule.meaning("zh")).as(rule.number()).matches(".*\\p{IsHan}.*。");
      assertThat(rule.meaning("en")).as(rule.number()).endsWith(".");
      assertThat(rule.statements())
          .as(rule.number())
          .isNotEmpty()
          .allSatisfy(
              each -> {
                assertThat(each.text("zh")).matches(".*\\p{IsHan}.*。");
                assertThat(each.text("en")).endsWith(".");
              });
    }
    assertThat(Arrays.stream(ActRule.values()).flatMap(rule -> rule.components().stream()))
        .contains(ActComponent.values());
  }
}
