package org.actsandbox.web.console.frame;

import java.util.Set;
import java.util.regex.Pattern;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.IText;

/**
 * Replaces invisible characters by a visible mark, because they change how the text around them
 * looks: control characters, changes of direction, characters without width, tag characters.
 *
 * <p>The indentation of the templates, which is half of a long page, becomes one line end; the text
 * of {@code pre} and {@code textarea} stays as it is.
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

  private static final Set<String> PREFORMATTED = Set.of("pre", "textarea");

  private int preformatted;

  @Override
  public void handleText(IText text) {
    if (INVISIBLE.matcher(text).find()) {
      super.handleText(getContext().getModelFactory().createText(of(text)));
    } else if (preformatted == 0 && isIndentation(text)) {
      super.handleText(getContext().getModelFactory().createText("\n"));
    } else {
      super.handleText(text);
    }
  }

  private static boolean isIndentation(IText text) {
    boolean lines = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      lines |= character == '\n';
      if (character != '\n' && character != ' ') {
        return false;
      }
    }
    return lines;
  }

  @Override
  public void handleOpenElement(IOpenElementTag tag) {
    if (PREFORMATTED.contains(tag.getElementCompleteName())) {
      preformatted++;
    }
    super.handleOpenElement(visible(tag));
  }

  @Override
  public void handleCloseElement(ICloseElementTag tag) {
    if (PREFORMATTED.contains(tag.getElementCompleteName())) {
      preformatted--;
    }
    super.handleCloseElement(tag);
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
