package org.actsandbox.web.console.frame;

import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Checks the ids in the address of a page before they are written into the path of a call, so that
 * an id such as {@code ../reset} leads no call elsewhere.
 */
public final class PathId {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private PathId() {}

  public static boolean isValid(String id) {
    return FORM.matcher(id).matches();
  }

  /**
   * Refuses what cannot be an id.
   *
   * @param what what the id stands for, such as {@code dispute}
   * @param field the name of the id, such as {@code dispute_id}
   * @throws Refusal {@code not_found}
   */
  public static void require(String id, String what, String field) {
    if (!isValid(id)) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such " + what).at(field);
    }
  }
}
