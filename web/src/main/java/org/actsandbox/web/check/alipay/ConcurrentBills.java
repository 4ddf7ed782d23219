package org.actsandbox.web.check.alipay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.web.check.alipay.AlipaySale.Billed;

/** Asks a seller for several bills at once. */
final class ConcurrentBills {

  private ConcurrentBills() {}

  static List<Billed> of(AlipaySale sale, int count) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Billed>> calls =
          IntStream.range(0, count).<Callable<Billed>>mapToObj(_ -> sale::billed).toList();
      var bills = new ArrayList<Billed>();
      for (var call : threads.invokeAll(calls)) {
        bills.add(call.get());
      }
      return List.copyOf(bills);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof CheckEnd end) {
        throw end;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw CheckEnd.notTested("the run was interrupted");
    }
  }
}
