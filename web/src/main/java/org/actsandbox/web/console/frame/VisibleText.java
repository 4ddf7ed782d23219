package org.actsandbox.web.console.frame;

import java.util.regex.Pattern;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.IText;

/**
 * Replaces invisible characters by a visible mark, because they change how the text around them
 * looks: control characters, changes of direction, characters without width, tag characters.
 */
public final class VisibleText extends AbstractTemplateHandler {

  /**
   * Matches invisible characters except line ends and tabs. The category Cf contains the
   * bidirectional, zero-width and tag characters.
   */
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
    var changed = tag;
    for (var attribute : tag.getAllAttributes()) {
      var value = attribute.getValue();
      if (value != null && INVISIBLE.matcher(value).find()) {
        changed =
            getContext()
                .getModelFactory()
                .setAttribute(
                    changed,
                    attribute.getAttributeCompleteName(),
                    of(value),
                    attribute.getValueQuotes());
      }
    }
    return changed;
  }
}
