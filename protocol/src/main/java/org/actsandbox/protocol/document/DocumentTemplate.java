package org.actsandbox.protocol.document;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * A Thymeleaf template for a document that is not a page of the console: a report, a chart, a
 * summary. The engine escapes all values.
 *
 * <p>Values must be texts, numbers, or lists and maps of them, because the engine cannot read the
 * members of types that are not public.
 */
public final class DocumentTemplate {

  private static final TemplateEngine ENGINE = engine();

  private final String path;

  private DocumentTemplate(String path) {
    this.path = path;
  }

  /** Returns the template of that file name in the package of {@code owner}. */
  public static DocumentTemplate of(Class<?> owner, String fileName) {
    return new DocumentTemplate(owner.getPackageName().replace('.', '/') + "/" + fileName);
  }

  /** Renders the whole document. */
  public String fill(Map<String, Object> values) {
    return ENGINE.process(path, context(values));
  }

  /** Renders one fragment, without blank space around it; its parameters come from the values. */
  public String fill(String fragment, Map<String, Object> values) {
    return ENGINE.process(path, Set.of(fragment), context(values)).strip();
  }

  private static Context context(Map<String, Object> values) {
    return new Context(Locale.ROOT, values);
  }

  private static TemplateEngine engine() {
    var resolver = new ClassLoaderTemplateResolver(DocumentTemplate.class.getClassLoader());
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    var engine = new TemplateEngine();
    engine.setTemplateResolver(resolver);
    return engine;
  }
}
