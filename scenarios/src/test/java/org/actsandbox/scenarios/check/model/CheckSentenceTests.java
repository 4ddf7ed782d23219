package org.actsandbox.scenarios.check.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests that every sentence about the outcome of a check has its Chinese, and no other has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckSentenceTests {

  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/main/java/org/actsandbox/scenarios/check"),
          Path.of("../web/src/main/java/org/actsandbox/web/check"));

  /** The place of the pattern among the arguments of the methods that take one. */
  private static final Map<String, Integer> PATTERN_AT =
      Map.of(
          "of", 0,
          "deviates", 0,
          "notApplicable", 0,
          "notTested", 0,
          "inconclusive", 0,
          "requireRefused", 0,
          "require", 1,
          "observed", 1,
          "requireConfirmed", 2);

  /** Statuses, codes and places of values are the same in both languages. */
  private static final Set<String> NO_WORDS =
      Set.of(
          "200",
          "402",
          "404",
          "Cache-Control: no-store",
          "application/json",
          "{0} {1}",
          "{0}: {1}",
          "{0}; {1}");

  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

  private final Set<String> patterns = new TreeSet<>();

  @BeforeAll
  void readSources() throws IOException {
    var files = new java.util.ArrayList<Path>();
    for (var folder : SOURCES) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files);
      var task = (JavacTask) compiler.getTask(null, manager, null, List.of(), null, units);
      for (var unit : task.parse()) {
        new Patterns().scan(unit, null);
      }
    }
    for (var verdict : CheckVerdict.values()) {
      // A check that is not tested names the verdict of the check that it needs.
      patterns.add(verdict.word());
    }
  }

  @Test
  void everySentenceHasItsChinese() {
    assertThat(patterns).hasSizeGreaterThan(200);
    assertThat(patterns.stream().filter(each -> !NO_WORDS.contains(each)))
        .as("sentences without a line in sentences_zh.txt")
        .allMatch(CheckSentenceTests::isChinese);
  }

  @Test
  void bothLanguagesHaveThePlacesOfTheSameValues() {
    assertThat(patterns)
        .allSatisfy(
            each ->
                assertThat(places(CheckWords.chinese(each)))
                    .as("values in the Chinese of: %s", each)
                    .isEqualTo(places(each)));
  }

  @Test
  void everyChineseSentenceIsUsed() {
    assertThat(CheckWords.patterns()).allMatch(patterns::contains);
  }

  @Test
  void aValueIsSaidInTheLanguageOfItsSentenceAndBytesStay() {
    var said = CheckSentence.said("{\"detail\": \"no {0} here\"}");
    var sentence = CheckSentence.of("because of {0}: {1}", "bill.payable", said);

    assertThat(sentence).hasToString("because of bill.payable: {\"detail\": \"no {0} here\"}");
    assertThat(sentence.in("zh")).isEqualTo("因为 bill.payable：{\"detail\": \"no {0} here\"}");
    assertThat(CheckSentence.of("expected {0}, observed {1}", CheckSentence.of("none"), 7).in("zh"))
        .isEqualTo("应为没有，实际：7");
  }

  private static boolean isChinese(String pattern) {
    return CheckWords.chinese(pattern)
        .codePoints()
        .anyMatch(each -> Character.UnicodeScript.of(each) == Character.UnicodeScript.HAN);
  }

  private static Set<String> places(String pattern) {
    return PLACE
        .matcher(pattern)
        .results()
        .map(java.util.regex.MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** Collects the patterns that the sources write as literals or as constants of their class. */
  private final class Patterns extends TreeScanner<Void, Void> {

    private final Map<String, String> constants = new HashMap<>();

    @Override
    public Void visitVariable(VariableTree variable, Void none) {
      if (variable.getInitializer() != null) {
        text(variable.getInitializer())
            .findFirst()
            .ifPresent(text -> constants.put(variable.getName().toString(), text));
      }
      return super.visitVariable(variable, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
      var select = call.getMethodSelect();
      var arguments = call.getArguments();
      var place = place(select, arguments.size());
      if (place >= 0 && place < arguments.size()) {
        text(arguments.get(place)).forEach(patterns::add);
      }
      return super.visitMethodInvocation(call, null);
    }

    private int place(ExpressionTree method, int arguments) {
      var owner =
          method instanceof MemberSelectTree select ? select.getExpression().toString() : "";
      var name =
          method instanceof MemberSelectTree select
              ? select.getIdentifier().toString()
              : method.toString();
      if ((name.equals("of") && !owner.equals("CheckSentence")) || owner.equals("WireSchemas")) {
        return -1;
      }
      // A helper of the checks of texts takes the text and its rules before the pattern.
      return name.equals("require") && arguments == 4 ? 3 : PATTERN_AT.getOrDefault(name, -1);
    }

    private Stream<String> text(ExpressionTree expression) {
      return switch (expression) {
        case LiteralTree literal when literal.getValue() instanceof String text -> Stream.of(text);
        case BinaryTree sum -> {
          var left = text(sum.getLeftOperand()).findFirst();
          var right = text(sum.getRightOperand()).findFirst();
          yield left.isPresent() && right.isPresent()
              ? Stream.of(left.get() + right.get())
              : Stream.empty();
        }
        case ConditionalExpressionTree either ->
            Stream.concat(text(either.getTrueExpression()), text(either.getFalseExpression()));
        case IdentifierTree name -> Stream.ofNullable(constants.get(name.getName().toString()));
        case MemberSelectTree name ->
            Stream.ofNullable(constants.get(name.getIdentifier().toString()));
        default -> Stream.empty();
      };
    }
  }
}
