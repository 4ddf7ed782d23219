package org.actsandbox.sandbox;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * Lets the next transaction of the calling thread lose a race for a lock, as the database lets one
 * of two contending transactions lose: it is rolled back and reported as such.
 */
public final class LostRaces implements BeanPostProcessor {

  private static final ThreadLocal<Integer> AHEAD = ThreadLocal.withInitial(() -> 0);

  /** Lets the next {@code count} transactions of this thread lose. */
  public static void next(int count) {
    AHEAD.set(count);
  }

  /** Returns how many of them have not begun yet. */
  public static int ahead() {
    return AHEAD.get();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof PlatformTransactionManager real ? new Manager(real) : bean;
  }

  private record Manager(PlatformTransactionManager real) implements PlatformTransactionManager {

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
      return real.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
      if (AHEAD.get() == 0) {
        real.commit(status);
        return;
      }
      AHEAD.set(AHEAD.get() - 1);
      real.rollback(status);
      throw new CannotAcquireLockException("another transaction was first");
    }

    @Override
    public void rollback(TransactionStatus status) {
      real.rollback(status);
    }
  }
}
