package org.actsandbox.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the examples in the Javadoc of the kit and in docs/kit.md compile. */
class KitExamplesTests {

  private static final Pattern SNIPPET = Pattern.compile("(?s)\\{@snippet :\\n(.*?)\\n \\* }");
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\\n(.*?)```");

  @TempDir Path folder;

  @Test
  void theExamplesOfTheJavadocCompile() throws IOException {
    var examples = new ArrayList<String>();
    try (var files = Files.walk(Path.of("src", "main", "java"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        SNIPPET
            .matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1).replaceAll("(?m)^ \\* ?", ""))
            .forEach(examples::add);
      }
    }

    assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
    examples.forEach(this::requireCompiles);
  }

  @Test
  void theExamplesOfTheDocumentationCompile() throws IOException {
    var text = Files.readString(Path.of("..", "docs", "kit.md"));
    var examples = BLOCK.matcher(text).results().map(found -> found.group(1)).toList();

    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    examples.forEach(this::requireCompiles);
  }

  /** An example is a whole file, or statements that use the names declared here. */
  private void requireCompiles(String example) {
    var source =
        example.contains("class ")
            ? example
            : """
            import com.sun.net.httpserver.HttpServer;
            import java.net.URI;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.time.Instant;
            import java.util.Map;
            import java.util.List;
            import org.actsandbox.kit.*;
            import org.actsandbox.kit.delivery.*;
            import org.actsandbox.kit.http.*;
            import org.actsandbox.kit.servlet.*;
            import org.actsandbox.kit.shop.*;

            class Example {
              void example(byte[] body, HttpServer server, Instant now, ProofVerifier verifier,
                  ExpectedPayment expected, ShopGoods goods, jakarta.servlet.http.HttpServletRequest request)
                  throws Exception {
                %s
              }
            }
            """
                .formatted(example);
    var problems = new DiagnosticCollector<JavaFileObject>();
    var name = source.replaceAll("(?s).*?class (\\w+).*", "$1");
    var file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var compiler = ToolProvider.getSystemJavaCompiler();
    var options =
        List.of(
            "-cp", System.getProperty("java.class.path"), "-d", folder.toString(), "-proc:none");
    var isCompiled =
        compiler.getTask(new StringWriter(), null, problems, options, null, List.of(file)).call();
    assertThat(isCompiled).as("%s%n%s", problems.getDiagnostics(), source).isTrue();
  }
}
