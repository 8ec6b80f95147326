import { checkRuntimeUrl, UnsafeRuntimeRoleError } from '../../../src/kernel/database/runtime-role-check.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

describe('the check of the logins of running processes', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each(['app', 'relay', 'admin'] as const)('lets %s pass', async (login) => {
    await expect(checkRuntimeUrl(database.url(login), 'DATABASE_RELAY_URL')).resolves.toBeUndefined();
  });

  it.each(['owner', 'superuser'] as const)('refuses %s, and names the variable to correct', async (login) => {
    const check = checkRuntimeUrl(database.url(login), 'DATABASE_RELAY_URL');
    await expect(check).rejects.toThrow(UnsafeRuntimeRoleError);
    await expect(check).rejects.toThrow('Give DATABASE_RELAY_URL the login toolbox_relay');
  });

  it('names the variable of a login that the server does not let in', async () => {
    const url = new URL(database.url('relay'));
    url.password = 'wrong';
    await expect(checkRuntimeUrl(url.href, 'DATABASE_RELAY_URL')).rejects.toThrow(
      'correct DATABASE_RELAY_URL',
    );
  });
});
