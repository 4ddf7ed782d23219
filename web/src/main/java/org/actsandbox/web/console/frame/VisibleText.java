package org.actsandbox.web.console.frame;

import java.util.regex.Pattern;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.IText;

/**
 * Shows a mark instead of what cannot be seen and changes what is seen around it: control
 * characters, changes of direction, characters without width, tag characters.
 */
public final class VisibleText extends AbstractTemplateHandler {

  /** Line ends and tabs are neither; Cf has the bidirectional, zero-width and tag characters. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\t\\n\\r]]");

  private static final String MARK = "\uFFFD";

  static String of(CharSequence text) {
    return INVISIBLE.matcher(text).replaceAll(MARK);
  }

  @Override
  public void handleText(IText text) {
    super.handleText(
        INVISIBLE.matcher(text).find()
            ? getContext().getModelFactory().createText(of(text))
            : text);
  }

  @Override
  public void handleOpenElement(IOpenElementTag tag) {
    super.handleOpenElement(visible(tag));
  }

  @Override
  public void handleStandaloneElement(IStandaloneElementTag tag) {
    super.handleStandaloneElement(visible(tag));
  }

  private <T extends IProcessableElementTag> T visible(T tag) {
    var seen = tag;
    for (var attribute : tag.getAllAttributes()) {
      var value = attribute.getValue();
      if (value != null && INVISIBLE.matcher(value).find()) {
        seen =
            getContext()
                .getModelFactory()
                .setAttribute(
                    seen,
                    attribute.getAttributeCompleteName(),
                    of(value),
                    attribute.getValueQuotes());
      }
    }
    return seen;
  }
}
