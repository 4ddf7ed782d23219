package org.actsandbox.web.console.frame;

import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Sends every page and every fragment through {@link VisibleText} as the last step, because
 * merchants, agents and people can put any characters into their texts.
 */
@Component
final class VisibleTextDialect implements IPostProcessorDialect {

  private static final int LAST = 10_000;

  @Override
  public String getName() {
    return "visible text";
  }

  @Override
  public int getDialectPostProcessorPrecedence() {
    return LAST;
  }

  @Override
  public Set<IPostProcessor> getPostProcessors() {
    return Set.of(new PostProcessor(TemplateMode.HTML, VisibleText.class, LAST));
  }
}
