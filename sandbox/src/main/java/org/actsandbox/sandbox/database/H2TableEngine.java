package org.actsandbox.sandbox.database;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.actsandbox.sandbox.database.redo.RedoLog;
import org.h2.api.TableEngine;
import org.h2.command.Prepared;
import org.h2.command.ddl.CreateTableData;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.db.Store;
import org.h2.mvstore.tx.LoggedTransactionStore;
import org.h2.mvstore.tx.UnfinishedCommits;
import org.h2.result.LocalResult;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.TableBase;

/**
 * Makes H2's own tables, whose {@code update} leaves those index entries alone that it does not
 * change. H2 takes a row out of all indexes and puts the new one into all of them, so that rows can
 * exchange unique keys; that is needed only where an update changes one (ADR 121, 130).
 *
 * <p>H2 finds this class by its name in the database's address. The file and the definitions in it
 * are those of a plain table, so it can be opened without this class, too.
 */
public final class H2TableEngine implements TableEngine {

  /** Limits the rows of one statement that are held in memory; a longer one is H2's own. */
  private static final int MAX_ROWS = 1_000;

  /** The tables that a store tells of a rollback; H2 has no other way to add one. */
  private static final Field TABLES = tables();

  @Override
  public TableBase createTable(CreateTableData data) {
    var store = data.session.getDatabase().getStore();
    UnfinishedCommits.takeBack(store.getTransactionStore());
    var table = new UpdatedTable(data, store);
    register(table, store);
    return table;
  }

  private static Field tables() {
    try {
      var field = Store.class.getDeclaredField("tableMap");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException otherVersion) {
      throw new IllegalStateException("another version of H2 than 2.4.240", otherVersion);
    }
  }

  @SuppressWarnings("unchecked") // the field has this type
  private static void register(MVTable table, Store store) {
    try {
      ((Map<String, MVTable>) TABLES.get(store)).put(table.getMapName(), table);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException("the field was made accessible", impossible);
    }
  }

  /** Represents one changed row. */
  private record Change(Row before, Row after) {}

  private static final class UpdatedTable extends MVTable {

    UpdatedTable(CreateTableData data, Store store) {
      super(data, store);
    }

    @Override
    public void updateRows(Prepared prepared, SessionLocal session, LocalResult rows) {
      // Each change is two rows.
      if (rows.getRowCount() > 2 * MAX_ROWS) {
        super.updateRows(prepared, session, rows);
        return;
      }
      var changes = new ArrayList<Change>();
      while (rows.next()) {
        var before = rows.currentRowForTable();
        rows.next();
        changes.add(new Change(before, rows.currentRowForTable()));
      }
      if (!mayFollowOneAnother(changes)) {
        rows.reset();
        super.updateRows(prepared, session, rows);
        return;
      }
      prepared.checkCanceled();
      var savepoint = session.setSavepoint();
      for (var change : changes) {
        try {
          updateRow(session, change.before(), change.after());
        } catch (DbException failed) {
          session.rollbackTo(savepoint);
          throw failed;
        }
      }
    }

    /** Removes all rows without a transaction, so the redo log cannot repeat it. */
    @Override
    public long truncate(SessionLocal session) {
      if (session.getDatabase().getStore().getTransactionStore()
              instanceof LoggedTransactionStore logged
          && logged.log() instanceof RedoLog redo) {
        var removed = new AtomicLong();
        redo.exclusively(() -> removed.set(super.truncate(session)));
        return removed.get();
      }
      return super.truncate(session);
    }

    /**
     * Says whether each row keeps its place, and none needs a unique key that a later one gives up.
     */
    private boolean mayFollowOneAnother(List<Change> changes) {
      return changes.stream().allMatch(this::keepsPlace)
          && (changes.size() == 1 || changes.stream().allMatch(this::keepsUniqueKeys));
    }

    /**
     * Says whether the row stays at its key in the table. Where the primary key is a whole number,
     * H2 uses it as this key, and its update in place would put the row at the former one.
     */
    private boolean keepsPlace(Change change) {
      int column = getMainIndexColumn();
      return column == SearchRow.ROWID_INDEX
          || change.before().getKey() == change.after().getValue(column).getLong();
    }

    private boolean keepsUniqueKeys(Change change) {
      for (var index : getIndexes()) {
        if (!index.getIndexType().isUnique()) {
          continue;
        }
        for (var column : index.getColumns()) {
          int place = column.getColumnId();
          if (!Objects.equals(change.before().getValue(place), change.after().getValue(place))) {
            return false;
          }
        }
      }
      return true;
    }
  }
}
