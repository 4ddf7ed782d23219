package org.actsandbox.sandbox.database;

import java.sql.SQLException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Says that the fence refused a change, because another node has the world by now (ADR 57). The
 * same request succeeds at that node.
 */
public final class WorldNotOwnedException extends TransientDataAccessResourceException {

  private static final long serialVersionUID = 1L;

  WorldNotOwnedException(SQLException refused) {
    super("another node has the world", refused);
  }
}
