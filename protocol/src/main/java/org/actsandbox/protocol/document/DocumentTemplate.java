package org.actsandbox.protocol.document;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * A Thymeleaf template for a document that is no page of the console: a report, a chart, a summary.
 * The values it is filled with are text; the engine escapes them.
 *
 * <p>Values are texts, numbers, and lists and maps of them, because the engine reads no members of
 * types that are not public.
 */
public final class DocumentTemplate {

  private static final TemplateEngine ENGINE = engine();

  private final String path;

  private DocumentTemplate(String path) {
    this.path = path;
  }

  /** The template of that file name in the package of {@code owner}. */
  public static DocumentTemplate of(Class<?> owner, String fileName) {
    return new DocumentTemplate(owner.getPackageName().replace('.', '/') + "/" + fileName);
  }

  /** Fills in the whole document. */
  public String fill(Map<String, Object> values) {
    return ENGINE.process(path, context(values));
  }

  /** Fills in one fragment alone, without blank space around it; its parameters are values. */
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
