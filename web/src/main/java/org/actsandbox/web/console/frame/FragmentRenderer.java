package org.actsandbox.web.console.frame;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.ISpringWebFluxTemplateEngine;

/** Renders one template fragment to text for live updates. */
@Component
public class FragmentRenderer {

  private final ISpringWebFluxTemplateEngine engine;

  FragmentRenderer(ISpringWebFluxTemplateEngine engine) {
    this.engine = engine;
  }

  public String render(String template, String fragment, PageText pageText, Map<String, ?> model) {
    var variables = new HashMap<String, Object>(model);
    variables.put("words", pageText);
    return engine
        .process(template, Set.of(fragment), new Context(pageText.locale(), variables))
        .strip();
  }
}
